package org.stoa.identity;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.Signals;
import org.stoa.web.limits.RateLimits;

/** Signing up and in, and what a person does with their own account. */
@Service
public class People {
    // A class of 200 behind one address fits; somebody guessing does not.
    private static final RateLimits.Rule FAILURES_OF_ACCOUNT =
            new RateLimits.Rule("account", 10, Duration.ofMinutes(15));
    private static final RateLimits.Rule FAILURES_OF_ADDRESS =
            new RateLimits.Rule("sign-in", 200, Duration.ofMinutes(15));
    private static final RateLimits.Rule SIGN_UPS_OF_ADDRESS =
            new RateLimits.Rule("sign-up", 2_000, Duration.ofMinutes(10));
    private static final int LONGEST_COUNTED = 254;
    private static final int LONGEST_TRIED = 1_024;

    private final PersonStore store;
    private final Passwords passwords;
    private final RateLimits limits;
    private final Signals signals;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    People(
            PersonStore store,
            Passwords passwords,
            RateLimits limits,
            Signals signals,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.limits = limits;
        this.signals = signals;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of an attempt to sign in or up. */
    public sealed interface Attempt {
        record Welcome(Person person) implements Attempt {}

        /** The address and the password do not belong together; whose fault is not told. */
        record Wrong() implements Attempt {}

        record TooMany(RateLimits.Answer limit) implements Attempt {}
    }

    /**
     * @param address the network address the attempt comes from
     */
    public Attempt signIn(@Nullable String email, @Nullable String password, String address) {
        var key = Entry.emailKey(text(email));
        var who = Entry.shortened(key, LONGEST_COUNTED);
        var account =
                Entry.isEmail(key) ? store.byEmail(key) : Optional.<PersonStore.Account>empty();
        var hash = account.map(PersonStore.Account::passwordHash).orElse(null);
        // Nothing longer was ever set, and its hash would only take time.
        var given = text(password).length() > LONGEST_TRIED ? "" : text(password);
        var before = limits.look(FAILURES_OF_ADDRESS, address);
        if (!before.granted()) {
            return new Attempt.TooMany(before);
        }
        var limit = new AtomicReference<>(before);
        var verdict =
                passwords.check(
                        given,
                        hash,
                        () -> {
                            var byAccount = limits.take(FAILURES_OF_ACCOUNT, who);
                            var byAddress = limits.look(FAILURES_OF_ADDRESS, address);
                            limit.set(byAccount.granted() ? byAddress : byAccount);
                            return byAccount.granted() && byAddress.granted();
                        });
        return switch (verdict) {
            case RIGHT -> {
                limits.reset(FAILURES_OF_ACCOUNT, who);
                yield new Attempt.Welcome(account.orElseThrow().person());
            }
            case WRONG -> {
                limits.take(FAILURES_OF_ADDRESS, address);
                yield new Attempt.Wrong();
            }
            case REFUSED -> new Attempt.TooMany(limit.get());
        };
    }

    /** What somebody typed to sign up. */
    public record SignUp(
            @Nullable String name, @Nullable String email, @Nullable String password) {}

    /**
     * Makes the person a student of the school. Who has an account already and gives its password
     * joins with that.
     *
     * @throws Problem.Invalid naming each wrong field
     * @throws Problem.Conflict when the account exists with another password, or belongs already
     */
    public Attempt signUp(Organization school, SignUp form, String address) {
        var errors = new ArrayList<FieldError>();
        Entry.name("name", form.name(), errors);
        Entry.email("email", form.email(), errors);
        Entry.password("password", form.password(), errors);
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var limit = limits.take(SIGN_UPS_OF_ADDRESS, address);
        if (!limit.granted()) {
            return new Attempt.TooMany(limit);
        }
        return switch (prepare(form, address)) {
            case Entrance.TooMany(var tooMany) -> new Attempt.TooMany(tooMany);
            case Entrance.Ready ready -> new Attempt.Welcome(join(school, ready));
        };
    }

    private Person join(Organization school, Entrance.Ready ready) {
        var id = ready.person().id();
        store.together(() -> {
            keep(school, ready);
            if (!store.addMembership(school.id(), id, Role.STUDENT, clock.instant())) {
                throw new Problem.Conflict(say("identity.people.already"));
            }
            return id;
        });
        changed(id);
        return ready.person();
    }

    /** Somebody at the door, before anything of them is kept. */
    public sealed interface Entrance {
        /**
         * @param hash of the password to be kept; null where the account has it already
         * @param known whether the account is there already
         */
        record Ready(Person person, @Nullable String hash, boolean known) implements Entrance {}

        record TooMany(RateLimits.Answer limit) implements Entrance {}
    }

    /**
     * The account of this address: a new one to be kept, or the one there is when the password is
     * its own. Hashing takes long, so it is done here, before a transaction holds a connection.
     *
     * @throws Problem.Conflict when the account exists and the password is another
     */
    public Entrance prepare(SignUp form, String address) {
        return prepare(form, address, null);
    }

    /**
     * The same for somebody who was sent the link to an account that was made for them.
     *
     * @param claimed an account that the password becomes that of, as long as it has none
     */
    public Entrance prepare(SignUp form, String address, @Nullable UUID claimed) {
        var key = Entry.emailKey(text(form.email()));
        var account = store.byEmail(key);
        if (account.isEmpty()) {
            var person = new Person(ids.next(), text(form.name()).strip(), key);
            return new Entrance.Ready(person, passwords.hash(text(form.password())), false);
        }
        var person = account.get().person();
        if (person.id().equals(claimed) && account.get().passwordHash() == null) {
            return new Entrance.Ready(person, passwords.hash(text(form.password())), true);
        }
        return switch (signIn(key, form.password(), address)) {
            case Attempt.Welcome(var known) -> new Entrance.Ready(known, null, true);
            case Attempt.TooMany(var limit) -> new Entrance.TooMany(limit);
            case Attempt.Wrong w -> throw another();
        };
    }

    /** Keeps who was prepared and comes in at a school, inside the caller's transaction. */
    public void keep(Organization school, Entrance.Ready ready) {
        var hash = ready.hash();
        if (hash == null) {
            return;
        }
        boolean kept =
                ready.known()
                        ? store.firstPassword(ready.person().id(), hash)
                        : store.add(ready.person(), hash, clock.instant());
        if (!kept) {
            throw another();
        }
        events.publishEvent(new SignedUp(school, ready.person().id()));
    }

    private static Problem.Conflict another() {
        return new Problem.Conflict(say("identity.people.accountExists"));
    }

    /** A person to be made a member by an administrator. */
    public record NewMember(
            @Nullable String name,
            @Nullable String email,
            @Nullable String password,
            @Nullable Role role) {}

    /**
     * Adds somebody to a school; an account that exists is used as it is, and its password stays.
     *
     * @throws Problem.Invalid naming each wrong field
     * @throws Problem.Conflict when they belong to the school already
     */
    public Person add(Organization school, NewMember member) {
        var errors = new ArrayList<FieldError>();
        Entry.name("name", member.name(), errors);
        Entry.email("email", member.email(), errors);
        if (member.password() != null) {
            Entry.password("password", member.password(), errors);
        }
        if (member.role() == null) {
            errors.add(new FieldError("role", say("identity.sayRole")));
        }
        if (!errors.isEmpty() || member.role() == null) {
            throw new Problem.Invalid(errors);
        }
        var role = member.role();
        var hash = member.password() == null ? null : passwords.hash(member.password());
        var key = Entry.emailKey(text(member.email()));
        var person =
                store.together(() -> {
                    var fresh = new Person(ids.next(), text(member.name()).strip(), key);
                    store.add(fresh, hash, clock.instant());
                    var who = store.byEmail(key).orElseThrow().person();
                    if (!store.addMembership(school.id(), who.id(), role, clock.instant())) {
                        throw new Problem.Conflict(say("identity.people.belongs", key));
                    }
                    return who;
                });
        changed(person.id());
        return person;
    }

    /** Something about what a person is has changed: every node looks anew at once. */
    public void changed(UUID person) {
        signals.send(Recognition.CHANGED, person.toString());
    }

    /** Gives somebody without a password their first one; false when they are not to have it so. */
    public boolean firstPassword(UUID person, String password) {
        return store.firstPassword(person, passwords.hash(password));
    }

    /** The account of an address, for the command line. */
    public Optional<Person> find(String email) {
        return store.byEmail(Entry.emailKey(email)).map(PersonStore.Account::person);
    }

    /** Makes somebody an administrator of the whole installation, with an account if need be. */
    public Person platformAdmin(String email) {
        var key = Entry.emailKey(email);
        store.add(new Person(ids.next(), "Administrator", key), null, clock.instant());
        var person = store.byEmail(key).orElseThrow().person();
        store.addPlatformAdmin(person.id(), clock.instant());
        changed(person.id());
        return person;
    }

    /**
     * @throws Problem.Invalid when the current password is another, or the new one is not good
     */
    public void changePassword(UUID person, @Nullable String current, @Nullable String password) {
        var errors = new ArrayList<FieldError>();
        Entry.password("password", password, errors);
        requirePassword(person, current, "current", errors);
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        store.changePassword(person, passwords.hash(text(password)));
    }

    /** Adds what is wrong where this is not the person's password, under the name of its field. */
    public void requirePassword(
            UUID person, @Nullable String current, String field, List<FieldError> errors) {
        var who = person.toString();
        var verdict =
                passwords.check(
                        text(current),
                        store.passwordHash(person),
                        () -> limits.take(FAILURES_OF_ACCOUNT, who).granted());
        switch (verdict) {
            case RIGHT -> limits.reset(FAILURES_OF_ACCOUNT, who);
            case WRONG -> errors.add(new FieldError(field, say("identity.people.notCurrent")));
            case REFUSED -> errors.add(new FieldError(field, say("identity.tooManyAttempts")));
        }
    }

    /** What is kept of a password; takes long, so not while a transaction waits. */
    public String hashed(String password) {
        return passwords.hash(password);
    }

    /** The schools somebody belongs to. */
    public List<Belonging> schools(UUID person) {
        return store.memberships(person).stream()
                .map(m -> new Belonging(m.subdomain(), m.name(), m.role(), m.suspended()))
                .toList();
    }

    /** One school that a person belongs to. */
    public record Belonging(String subdomain, String name, Role role, boolean suspended) {}

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
