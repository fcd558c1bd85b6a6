package org.stoa.identity.clerk;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;

/**
 * Looks at everything Clerk has and makes up for what no webhook brought. What is not in the list
 * any more is asked for once by itself before it counts as gone: a list that is read page by page
 * may have moved meanwhile.
 */
@Service
class ClerkReconciliation {
    private static final Logger log = LoggerFactory.getLogger(ClerkReconciliation.class);
    private static final Map<String, String> OLDEST_FIRST = Map.of("order_by", "+created_at");

    private final ClerkClient clerk;
    private final ClerkPeople people;
    private final ClerkStore store;
    private final Clock clock;

    ClerkReconciliation(ClerkClient clerk, ClerkPeople people, ClerkStore store, Clock clock) {
        this.clerk = clerk;
        this.people = people;
        this.store = store;
        this.clock = clock;
    }

    void look() throws IOException, InterruptedException {
        var begun = clock.instant();
        users(begun);
        var organizations = organizations(begun);
        for (var organization : organizations) {
            memberships(organization, begun);
        }
    }

    private void users(Instant begun) throws IOException, InterruptedException {
        var seen = new HashSet<String>();
        clerk.list(
                "/users",
                OLDEST_FIRST,
                page -> {
                    var known = store.knownUsers(ids(page, seen));
                    each(page, known, node -> people.user(ClerkData.user(node)));
                });
        for (var id : store.users(begun)) {
            if (!seen.contains(id) && clerk.get("/users/" + id, Map.of()).isEmpty()) {
                people.userGone(id);
            }
        }
    }

    private Set<String> organizations(Instant begun) throws IOException, InterruptedException {
        var seen = new HashSet<String>();
        clerk.list(
                "/organizations",
                OLDEST_FIRST,
                page -> {
                    var known = store.knownOrganizations(ids(page, seen));
                    each(page, known, node -> people.organization(ClerkData.organization(node)));
                });
        for (var id : store.organizations(begun)) {
            if (!seen.contains(id) && clerk.get("/organizations/" + id, Map.of()).isEmpty()) {
                people.organizationGone(id);
            }
        }
        return seen;
    }

    private void memberships(String organization, Instant begun)
            throws IOException, InterruptedException {
        var seen = new HashSet<String>();
        var path = "/organizations/" + organization + "/memberships";
        clerk.list(
                path,
                OLDEST_FIRST,
                page -> {
                    var known = store.knownMemberships(ids(page, seen));
                    each(page, known, node -> people.membership(ClerkData.membership(node)));
                });
        for (var line : store.memberships(organization, begun)) {
            if (!seen.contains(line.id()) && !stands(path, line)) {
                people.membershipGone(line.id(), line.user(), organization);
            }
        }
    }

    private boolean stands(String path, ClerkStore.Line line)
            throws IOException, InterruptedException {
        var found = new HashSet<String>();
        clerk.list(path, Map.of("user_id", line.user()), page -> ids(page, found));
        return found.contains(line.id());
    }

    private static List<String> ids(List<JsonNode> page, Set<String> seen) {
        var ids = page.stream().map(node -> node.path("id").asString("")).toList();
        seen.addAll(ids);
        return ids;
    }

    /** One that cannot be read or kept does not hold up the others. */
    private static void each(
            List<JsonNode> page, Map<String, Instant> known, Consumer<JsonNode> apply) {
        var before = new HashMap<>(known);
        for (var node : page) {
            var id = node.path("id").asString("");
            var at = before.get(id);
            if (at != null && node.path("updated_at").asLong(0) <= at.toEpochMilli()) {
                continue;
            }
            try {
                apply.accept(node);
            } catch (RuntimeException e) {
                log.warn("What Clerk says of {} could not be kept", id, e);
            }
        }
    }
}
