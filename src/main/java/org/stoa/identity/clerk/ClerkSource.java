package org.stoa.identity.clerk;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.stoa.inbox.Announced;
import org.stoa.inbox.Delivery;
import org.stoa.inbox.Effect;
import org.stoa.inbox.SignedDelivery;
import org.stoa.inbox.StoredEvent;
import org.stoa.inbox.WebhookSource;
import org.stoa.tenancy.Organization;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clerk's webhooks, at the platform's host, where a secret for them is set. */
@Component
@EnableConfigurationProperties(ClerkSettings.class)
class ClerkSource implements WebhookSource {
    private static final Set<String> KINDS =
            Set.of(
                    "user.created",
                    "user.updated",
                    "user.deleted",
                    "organization.created",
                    "organization.updated",
                    "organization.deleted",
                    "organizationMembership.created",
                    "organizationMembership.updated",
                    "organizationMembership.deleted");

    private final ClerkPeople people;
    private final ClerkSettings settings;
    private final JsonMapper json;

    ClerkSource(ClerkPeople people, ClerkSettings settings, JsonMapper json) {
        this.people = people;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public String name() {
        return "clerk";
    }

    @Override
    public boolean servedAt(@Nullable Organization school) {
        return school == null && !settings.secrets().isEmpty();
    }

    @Override
    public Announced read(Delivery delivery) {
        return SignedDelivery.verify(delivery, settings.secrets(), json);
    }

    @Override
    public boolean knows(String kind) {
        return KINDS.contains(kind);
    }

    @Override
    public List<Effect> apply(StoredEvent event) {
        var data = json.readTree(event.body()).path("data");
        return switch (event.kind()) {
            case "user.created", "user.updated" -> people.user(ClerkData.user(data));
            case "user.deleted" -> people.userGone(ClerkData.id(data.path("id")));
            case "organization.created", "organization.updated" ->
                    people.organization(ClerkData.organization(data));
            case "organization.deleted" -> people.organizationGone(ClerkData.id(data.path("id")));
            case "organizationMembership.created", "organizationMembership.updated" ->
                    people.membership(ClerkData.membership(data));
            case "organizationMembership.deleted" -> membershipGone(data);
            default -> List.of();
        };
    }

    private List<Effect> membershipGone(JsonNode data) {
        return people.membershipGone(
                ClerkData.id(data.path("id")),
                ClerkData.id(data.path("public_user_data").path("user_id")),
                ClerkData.id(data.path("organization").path("id")));
    }
}
