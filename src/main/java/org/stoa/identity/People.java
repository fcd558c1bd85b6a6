package org.stoa.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

    private final PersonStore store;
    private final Passwords passwords;
    private final RateLimits limits;
    private final Signals signals;
    private final Ids ids;
    private final Clock clock;

    People(
            PersonStore store,
            Passwords passwords,
            RateLimits limits,
            Signals signals,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.limits = limits;
        this.signals = signals;
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
        var key = Entry.emailKey(email == null ? "" : email);
        var byAccount = limits.look(FAILURES_OF_ACCOUNT, key);
        var byAddress = limits.look(FAILURES_OF_ADDRESS, address);
        if (!byAccount.granted() || !byAddress.granted()) {
            return new Attempt.TooMany(byAccount.granted() ? byAddress : byAccount);
        }
        var account = store.byEmail(key);
        var hash = account.map(PersonStore.Account::passwordHash).orElse(null);
        if (!passwords.matches(password == null ? "" : password, hash)) {
            limits.take(FAILURES_OF_ACCOUNT, key);
            limits.take(FAILURES_OF_ADDRESS, address);
            return new Attempt.Wrong();
        }
        limits.reset(FAILURES_OF_ACCOUNT, key);
        return new Attempt.Welcome(account.orElseThrow().person());
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
        var person = account(text(form.name()), text(form.email()), text(form.password()), address);
        if (person instanceof Attempt.Welcome(var who)
                && !store.addMembership(school.id(), who.id(), Role.STUDENT, clock.instant())) {
            throw new Problem.Conflict("You belong to this school already. Sign in instead.");
        }
        if (person instanceof Attempt.Welcome(var who)) {
            signals.send(Recognition.CHANGED, who.id().toString());
        }
        return person;
    }

    /**
     * The account of this address: a new one, or the one there is when the password is its own.
     *
     * @throws Problem.Conflict when the account exists and the password is another
     */
    Attempt account(String name, String email, String password, String address) {
        var existing = store.byEmail(Entry.emailKey(email));
        if (existing.isPresent()) {
            return switch (signIn(email, password, address)) {
                case Attempt.Wrong w ->
                        throw new Problem.Conflict(
                                "There is an account with this address already. Sign in with its"
                                        + " password.");
                case Attempt other -> other;
            };
        }
        var person = new Person(ids.next(), name.strip(), Entry.emailKey(email));
        if (!store.add(person, passwords.hash(password), clock.instant())) {
            throw new Problem.Conflict(
                    "There is an account with this address already. Sign in with its password.");
        }
        return new Attempt.Welcome(person);
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
            errors.add(new FieldError("role", "Say student, teacher, admin or owner."));
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
                        throw new Problem.Conflict(key + " belongs to this school already.");
                    }
                    return who;
                });
        signals.send(Recognition.CHANGED, person.id().toString());
        return person;
    }

    /** The account of an address, for the command line. */
    public java.util.Optional<Person> find(String email) {
        return store.byEmail(Entry.emailKey(email)).map(PersonStore.Account::person);
    }

    /** Makes somebody an administrator of the whole installation, with an account if need be. */
    public Person platformAdmin(String email) {
        var key = Entry.emailKey(email);
        store.add(new Person(ids.next(), "Administrator", key), null, clock.instant());
        var person = store.byEmail(key).orElseThrow().person();
        store.addPlatformAdmin(person.id(), clock.instant());
        signals.send(Recognition.CHANGED, person.id().toString());
        return person;
    }

    /**
     * @throws Problem.Invalid when the current password is another, or the new one is not good
     */
    public void changePassword(UUID person, @Nullable String current, @Nullable String password) {
        var errors = new ArrayList<FieldError>();
        Entry.password("password", password, errors);
        if (!passwords.matches(current == null ? "" : current, store.passwordHash(person))) {
            errors.add(new FieldError("current", "This is not your current password."));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        store.changePassword(person, passwords.hash(text(password)));
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
