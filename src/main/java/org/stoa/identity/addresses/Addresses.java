package org.stoa.identity.addresses;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.stoa.identity.Entry;
import org.stoa.identity.People;
import org.stoa.identity.Sessions;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.shared.Secrets;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.web.limits.RateLimits;

/**
 * Proving an address, changing it, and setting a password by it. What is sent to an address is sent
 * by who listens to this package's events.
 */
@Service
public class Addresses {
    // A class of 200 behind one address may forget together; somebody trying addresses may not.
    private static final RateLimits.Rule ASKED_FROM_ADDRESS =
            new RateLimits.Rule("forgot", 60, Duration.ofMinutes(15));
    private static final RateLimits.Rule ASKED_FOR_ACCOUNT =
            new RateLimits.Rule("reset", 3, Duration.ofMinutes(15));
    private static final RateLimits.Rule GUESSES =
            new RateLimits.Rule("address-link", 300, Duration.ofMinutes(15));

    private final AddressStore store;
    private final People people;
    private final Sessions sessions;
    private final Organizations organizations;
    private final RateLimits limits;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    Addresses(
            AddressStore store,
            People people,
            Sessions sessions,
            Organizations organizations,
            RateLimits limits,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.people = people;
        this.sessions = sessions;
        this.organizations = organizations;
        this.limits = limits;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Somebody forgot the password of an address. What happens here is the same, statement by
     * statement, whether the address has an account or not.
     *
     * @param school whose site they ask at; null at the platform's
     * @throws Problem.Invalid when it is no address at all
     */
    RateLimits.Answer forgot(@Nullable String email, @Nullable UUID school, String from) {
        var errors = new ArrayList<FieldError>();
        Entry.email("email", email, errors);
        if (email == null || !errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var limit = limits.take(ASKED_FROM_ADDRESS, from);
        var key = Entry.emailKey(email);
        if (limit.granted() && limits.take(ASKED_FOR_ACCOUNT, key).granted()) {
            store.schoolFor(key, school)
                    .flatMap(organizations::byId)
                    .ifPresent(it -> events.publishEvent(new PasswordForgotten(it, key)));
        }
        return limit;
    }

    /** Whether so many wrong links came from this address that no more are looked at. */
    RateLimits.Answer guesses(String from) {
        return limits.look(GUESSES, from);
    }

    /**
     * @throws Problem.NotFound when the link does not hold, whatever the reason
     */
    AddressStore.Link look(String token, boolean reset, String from) {
        var link = store.link(Secrets.fingerprint(token), clock.instant());
        if (link.isEmpty() || (link.get().purpose() == Purpose.RESET) != reset) {
            limits.take(GUESSES, from);
            throw gone();
        }
        return link.get();
    }

    /**
     * Sets another password, once, and ends every sign-in of the person.
     *
     * @param tokens whether their API tokens end too
     * @throws Problem.Invalid for {@code password}
     * @throws Problem.NotFound when the link does not hold any more
     */
    void reset(String token, @Nullable String password, boolean tokens, String from) {
        look(token, true, from);
        var errors = new ArrayList<FieldError>();
        Entry.password("password", password, errors);
        if (password == null || !errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var hash = people.hashed(password);
        var person =
                store.together(() -> {
                    var now = clock.instant();
                    var link = store.take(Secrets.fingerprint(token), now).orElseThrow(this::gone);
                    store.setPassword(link.person(), hash);
                    store.prove(link.person(), link.email(), now);
                    store.forgetResets(link.person());
                    if (tokens) {
                        store.revokeTokens(link.person(), now);
                    }
                    sessions.endOthers(link.person(), null);
                    return link.person();
                });
        people.changed(person);
    }

    /** Asks for the link once more; nothing where the address is proved already. */
    void proveAgain(UUID person, @Nullable UUID school) {
        var me = store.me(person);
        if (me.proved() || !limits.take(ASKED_FOR_ACCOUNT, person.toString()).granted()) {
            return;
        }
        events.publishEvent(new ProofAsked(schoolOf(me.email(), school), person));
    }

    /** Whether the person has still to show that their address is theirs. */
    public boolean unproved(UUID person) {
        return !store.me(person).proved();
    }

    /**
     * Begins a change of address; it takes place when both ends were confirmed.
     *
     * @throws Problem.Invalid for {@code email} or {@code addressPassword}
     */
    void change(
            UUID person, @Nullable UUID school, @Nullable String email, @Nullable String password) {
        var errors = new ArrayList<FieldError>();
        Entry.email("email", email, errors);
        var me = store.me(person);
        var key = Entry.emailKey(email == null ? "" : email);
        if (errors.isEmpty() && key.equals(Entry.emailKey(me.email()))) {
            errors.add(new FieldError("email", say("identity.address.same")));
        }
        if (errors.isEmpty()) {
            people.requirePassword(person, password, "addressPassword", errors);
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var at = schoolOf(me.email(), school);
        store.together(() -> {
            var now = clock.instant();
            var change = ids.next();
            store.addChange(
                    new AddressStore.Change(change, person, me.email(), key),
                    me.proved() ? null : now,
                    now,
                    now.plus(Purpose.ARRIVE.holds()));
            events.publishEvent(new AddressChangeAsked(at, person, change, me.proved()));
            return change;
        });
    }

    /** What a confirmation led to. */
    enum Confirmed {
        PROVED,
        HALF_WAY,
        CHANGED
    }

    /**
     * @throws Problem.NotFound when the link does not hold any more
     * @throws Problem.Conflict when the new address has got an account meanwhile
     */
    Confirmed confirm(String token, @Nullable UUID school, String from) {
        var link = look(token, false, from);
        try {
            var outcome =
                    store.together(() -> {
                        var now = clock.instant();
                        return link.purpose() == Purpose.VERIFY
                                ? proved(link, school, now)
                                : store.confirm(link, now);
                    });
            people.changed(link.person());
            return outcome;
        } catch (DuplicateKeyException e) {
            throw new Problem.Conflict(say("identity.address.taken"));
        }
    }

    /**
     * Somebody came in by a link that went to this address alone; inside the caller's transaction
     * of the service database.
     */
    public void proved(Organization school, UUID person, String email) {
        if (store.prove(person, email, clock.instant())) {
            events.publishEvent(new AddressProved(school.id(), person));
        }
    }

    private Confirmed proved(AddressStore.Link link, @Nullable UUID school, java.time.Instant now) {
        if (store.prove(link.person(), link.email(), now)) {
            store.schoolFor(link.email(), school)
                    .ifPresent(it -> events.publishEvent(new AddressProved(it, link.person())));
        }
        return Confirmed.PROVED;
    }

    private Organization schoolOf(String email, @Nullable UUID school) {
        return store.schoolFor(Entry.emailKey(email), school)
                .flatMap(organizations::byId)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSchool")));
    }

    private Problem.NotFound gone() {
        return new Problem.NotFound(say("identity.address.stale"));
    }
}
