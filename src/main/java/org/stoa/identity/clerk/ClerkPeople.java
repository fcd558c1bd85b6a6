package org.stoa.identity.clerk;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.identity.People;
import org.stoa.identity.Schools;
import org.stoa.identity.closing.Closures;
import org.stoa.inbox.Effect;
import org.stoa.shared.Ids;
import org.stoa.shared.Language;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.Signals;
import org.stoa.web.cache.CachedPages;

/**
 * Makes people and schools here what Clerk says they are. News come in any order, twice, and from
 * two sides (webhooks, and looks at everything): older ones change nothing, what was deleted stays
 * so, and a membership waits until both its person and its school are known. Each of these is one
 * transaction, or part of the one at hand.
 */
@Service
class ClerkPeople {
    private static final int PROPOSALS_TRIED = 20;

    private final ClerkStore store;
    private final ClerkPeopleStore accounts;
    private final ClerkSettings settings;
    private final People people;
    private final Schools schools;
    private final Closures closures;
    private final Signals signals;
    private final CachedPages pages;
    private final Ids ids;
    private final Clock clock;

    ClerkPeople(
            ClerkStore store,
            ClerkPeopleStore accounts,
            ClerkSettings settings,
            People people,
            Schools schools,
            Closures closures,
            Signals signals,
            CachedPages pages,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.accounts = accounts;
        this.settings = settings;
        this.people = people;
        this.schools = schools;
        this.closures = closures;
        this.signals = signals;
        this.pages = pages;
        this.ids = ids;
        this.clock = clock;
    }

    /** Somebody who signed up there, or changed. */
    List<Effect> user(ClerkData.User user) {
        return inOrder(effects -> {
            var known = store.user(user.id());
            if (known.isPresent() && !known.get().isNews(user.updatedAt())) {
                return;
            }
            var ours = known.map(ClerkStore.Known::ours).orElse(null);
            var person = ours == null ? arrive(user, effects) : change(ours, user, effects);
            if (user.email() != null) {
                accounts.prove(person, user.email(), clock.instant());
            }
            store.keepUser(user.id(), person, user.updatedAt(), clock.instant());
            people.changed(person);
            if (ours == null) {
                store.membershipsOfUser(user.id()).forEach(pair -> settle(pair, true, effects));
            }
        });
    }

    /** The account of a verified address, or a new one. */
    private UUID arrive(ClerkData.User user, List<Effect> effects) {
        var email = user.email();
        var holder = email == null ? null : accounts.byEmail(email).orElse(null);
        if (holder != null && accounts.free(holder)) {
            if (accounts.hasPassword(holder)) {
                accounts.handOver(holder, clock.instant());
                effects.add(new Effect("password.removed", holder.toString()));
            }
            effects.add(new Effect("account.linked", holder.toString()));
            return holder;
        }
        var id = ids.next();
        var address = email == null || holder != null ? placeholder(user) : email;
        accounts.add(id, address, user.name(), clock.instant());
        effects.add(new Effect("account.created", id.toString()));
        return id;
    }

    private UUID change(UUID person, ClerkData.User user, List<Effect> effects) {
        var before = accounts.email(person);
        var email = user.email() == null ? before : user.email();
        var holder = accounts.byEmail(email).orElse(person);
        if (!holder.equals(person)) {
            effects.add(new Effect("address.held", holder.toString()));
            email = before;
        }
        accounts.rename(person, user.name(), email);
        effects.add(new Effect("account.changed", person.toString()));
        return person;
    }

    /** An address that nobody has, for people without one that was proven. */
    private static String placeholder(ClerkData.User user) {
        return user.id().toLowerCase(Locale.ROOT) + "@clerk.invalid";
    }

    /** Somebody who is gone: nothing lets them in any more, what they did here is kept. */
    List<Effect> userGone(String id) {
        return inOrder(effects -> {
            var person = store.user(id).map(ClerkStore.Known::ours).orElse(null);
            boolean was = store.user(id).map(ClerkStore.Known::deleted).orElse(false);
            store.buryUser(id, clock.instant());
            if (person != null && !was) {
                accounts.remove(person, clock.instant());
                people.changed(person);
                effects.add(new Effect("account.removed", person.toString()));
            }
        });
    }

    /** A school that was founded there, or changed. */
    List<Effect> organization(ClerkData.Organization organization) {
        return inOrder(effects -> {
            var known = store.organization(organization.id());
            if (known.isPresent() && !known.get().isNews(organization.updatedAt())) {
                return;
            }
            var ours = known.map(ClerkStore.Known::ours).orElse(null);
            var school = ours == null ? open(organization, effects) : rename(ours, organization);
            store.keepOrganization(organization, school, clock.instant());
            if (ours == null) {
                store.membershipsOfOrganization(organization.id())
                        .forEach(pair -> settle(pair, true, effects));
            } else {
                effects.add(new Effect("school.changed", ours.toString()));
            }
        });
    }

    private UUID open(ClerkData.Organization organization, List<Effect> effects) {
        for (int i = 0; i < PROPOSALS_TRIED; i++) {
            var subdomain = schools.proposeFor(organization.slug(), organization.name());
            var school =
                    new Organization(
                            ids.next(),
                            subdomain,
                            organization.name(),
                            Language.UNDETERMINED,
                            null,
                            ZoneId.systemDefault());
            if (accounts.open(school, clock.instant())) {
                signals.send(Organizations.CHANGED, subdomain);
                effects.add(new Effect("school.opened", subdomain));
                return school.id();
            }
        }
        throw new IllegalStateException("Every proposed subdomain was taken meanwhile");
    }

    /** Its address stays: people and programs hold on to it. */
    private UUID rename(UUID school, ClerkData.Organization organization) {
        accounts.renameSchool(school, organization.name())
                .ifPresent(subdomain -> {
                    signals.send(Organizations.CHANGED, subdomain);
                    pages.changed(school);
                });
        return school;
    }

    /** A school that was deleted there: closed, and erased after the days of grace. */
    List<Effect> organizationGone(String id) {
        return inOrder(effects -> {
            var school = store.organization(id).map(ClerkStore.Known::ours).orElse(null);
            store.buryOrganization(id, clock.instant());
            if (school != null) {
                closures.close(school, Duration.ofDays(settings.graceDays()));
                effects.add(new Effect("school.closed", school.toString()));
            }
        });
    }

    List<Effect> membership(ClerkData.Membership membership) {
        return inOrder(effects -> {
            if (store.keepMembership(membership, clock.instant())) {
                var pair = new ClerkStore.Pair(membership.user(), membership.organization());
                settle(pair, !store.settledBefore(membership.id()), effects);
            }
        });
    }

    List<Effect> membershipGone(String id, String user, String organization) {
        return inOrder(effects -> {
            if (store.buryMembership(id, user, organization, clock.instant())) {
                settle(new ClerkStore.Pair(user, organization), false, effects);
            }
        });
    }

    /**
     * Makes a membership here what it is there, as soon as both sides are known.
     *
     * @param again whether it begins, or begins anew: then it also opens the door
     */
    private void settle(ClerkStore.Pair pair, boolean again, List<Effect> effects) {
        var standing = store.standing(pair);
        var person = standing.person();
        var school = standing.school();
        if (person == null || school == null) {
            if (standing.role() != null) {
                effects.add(
                        new Effect(
                                "membership.waits",
                                person == null ? pair.user() : pair.organization()));
            }
            return;
        }
        if (standing.role() == null) {
            accounts.leave(school, person);
            effects.add(new Effect("membership.ended", person.toString()));
        } else {
            var role = role(standing.role(), standing.founder());
            accounts.join(school, person, role, again, clock.instant());
            store.settled(pair);
            effects.add(new Effect("membership." + role.word(), person.toString()));
        }
        people.changed(person);
    }

    /** Who founded it there and administers it owns it here: every school has an owner. */
    private Role role(@Nullable String word, boolean founder) {
        var role = settings.role(Objects.requireNonNull(word));
        return founder && role == Role.ADMIN ? Role.OWNER : role;
    }

    private interface News {
        void tell(List<Effect> effects);
    }

    private List<Effect> inOrder(News news) {
        return store.together(() -> {
            var effects = new ArrayList<Effect>();
            store.oneByOne();
            news.tell(effects);
            return effects;
        });
    }
}
