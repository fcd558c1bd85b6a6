package org.stoa.identity.invitations;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.stoa.identity.Entry;
import org.stoa.identity.People;
import org.stoa.identity.Person;
import org.stoa.identity.addresses.Addresses;
import org.stoa.identity.invitations.InvitationStore.Held;
import org.stoa.identity.invitations.InvitationStore.Membership;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.web.limits.RateLimits;

/** Coming in by an invitation: with the sign-in one has, with an account, or with a new one. */
@Service
class Entrances {
    private static final RateLimits.Rule GUESSES_OF_ADDRESS =
            new RateLimits.Rule("invitation", 300, Duration.ofMinutes(15));
    private static final RateLimits.Rule ENTRANCES_OF_ADDRESS =
            new RateLimits.Rule("entrance", 2_000, Duration.ofMinutes(10));

    private final InvitationStore store;
    private final People people;
    private final Addresses addresses;
    private final RateLimits limits;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Entrances(
            InvitationStore store,
            People people,
            Addresses addresses,
            RateLimits limits,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.people = people;
        this.addresses = addresses;
        this.limits = limits;
        this.events = events;
        this.clock = clock;
    }

    /** What came of it. */
    sealed interface Entrance {
        /**
         * @param role what they are in the school now
         */
        record Entered(Person person, Role role) implements Entrance {}

        record TooMany(RateLimits.Answer limit) implements Entrance {}
    }

    /** What the one who follows a link is told of it; whom it was made for is not. */
    record Shown(@Nullable Role role, String purpose) {}

    /**
     * @throws Problem.NotFound when the link does not hold, whatever the reason
     */
    Shown look(Organization school, String token, String address) {
        var held = held(school, token, address);
        return new Shown(held.role(), held.purpose());
    }

    /** Whether so many wrong links came from this address that no more are looked at. */
    RateLimits.Answer guesses(String address) {
        return limits.look(GUESSES_OF_ADDRESS, address);
    }

    /**
     * By somebody who is signed in.
     *
     * @throws Problem.NotFound when the link does not hold
     * @throws Problem.Forbidden when it is not for them
     */
    Entrance.Entered accept(Organization school, String token, UUID person, String address) {
        var held = held(school, token, address);
        return enter(school, token, held, store.person(person), null);
    }

    /**
     * By somebody who is not: with their account's password, or a new account.
     *
     * @throws Problem.Invalid naming each wrong field
     * @throws Problem.Conflict when the address has an account, and its password is another
     */
    Entrance accept(Organization school, String token, People.SignUp form, String address) {
        var held = held(school, token, address);
        var errors = new ArrayList<FieldError>();
        Entry.name("name", form.name(), errors);
        Entry.email("email", form.email(), errors);
        Entry.password("password", form.password(), errors);
        if (errors.isEmpty() && !held.holdsFor(Entry.emailKey(String.valueOf(form.email())))) {
            errors.add(new FieldError("email", say("identity.invited.other")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var limit = limits.take(ENTRANCES_OF_ADDRESS, address);
        if (!limit.granted()) {
            return new Entrance.TooMany(limit);
        }
        return switch (people.prepare(form, address, held.person())) {
            case People.Entrance.TooMany(var tooMany) -> new Entrance.TooMany(tooMany);
            case People.Entrance.Ready ready -> enter(school, token, held, ready.person(), ready);
        };
    }

    private Held held(Organization school, String token, String address) {
        var held = store.find(school.id(), Invitations.fingerprint(token), clock.instant());
        if (held.isEmpty()) {
            limits.take(GUESSES_OF_ADDRESS, address);
            throw gone();
        }
        return held.get();
    }

    private Entrance.Entered enter(
            Organization school,
            String token,
            Held held,
            Person person,
            People.Entrance.@Nullable Ready ready) {
        if (!held.holdsFor(Entry.emailKey(person.email()))) {
            throw new Problem.Forbidden(say("identity.invited.other"));
        }
        var role =
                store.together(() -> {
                    if (ready != null) {
                        people.keep(school, ready);
                    }
                    if (held.mailed() && !held.email().isEmpty()) {
                        addresses.proved(school, person.id(), held.email());
                    }
                    return admitted(school, token, held, person.id());
                });
        people.changed(person.id());
        return new Entrance.Entered(person, role);
    }

    /** Inside the transaction: one use is taken, and what it gives is written, or nothing is. */
    private Role admitted(Organization school, String token, Held held, UUID person) {
        var before = store.membership(school.id(), person).orElse(null);
        var role = roleAfter(before, held.role());
        boolean gains = before == null || role != before.role();
        if (!gains && held.purpose().isEmpty() && held.person() == null) {
            return role;
        }
        var now = clock.instant();
        if (!store.take(school.id(), Invitations.fingerprint(token), now)) {
            throw gone();
        }
        if (gains) {
            store.admit(school.id(), person, role, now);
        }
        events.publishEvent(new InvitationAccepted(school.id(), held.id(), person));
        return role;
    }

    /** Nobody loses a role by following a link. */
    private static Role roleAfter(@Nullable Membership before, @Nullable Role given) {
        if (before != null && before.suspended()) {
            throw new Problem.Forbidden(say("problem.suspended"));
        }
        if (given == null && (before == null || !before.role().atLeast(Role.TEACHER))) {
            throw new Problem.Forbidden(say("identity.invited.teachersOnly"));
        }
        if (before != null && (given == null || before.role().atLeast(given))) {
            return before.role();
        }
        return java.util.Objects.requireNonNull(given);
    }

    private static Problem.NotFound gone() {
        return new Problem.NotFound(say("identity.invited.stale"));
    }
}
