package org.stoa.tenancy;

import static org.stoa.shared.Words.say;

import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Language;
import org.stoa.shared.Problem;

/**
 * Who is calling, and where. The web binds one to each request, a job binds its own; whatever runs
 * inside reads and writes the database as this caller and nobody else.
 *
 * @param organization the school whose host was called; null on the platform's own host
 * @param person null when nobody is signed in
 * @param name the person's name, empty when nobody is signed in
 * @param role the person's role in the organization; null when they have none here
 * @param suspended the person belongs to the organization and may not enter it now
 * @param platformAdmin the person administers the whole installation
 * @param language the one that the person chose; null when they leave it to others
 */
public record Caller(
        @Nullable Organization organization,
        @Nullable UUID person,
        String name,
        @Nullable Role role,
        boolean suspended,
        boolean platformAdmin,
        @Nullable Language language) {
    private static final ScopedValue<Caller> CURRENT = ScopedValue.newInstance();

    /** Nobody in particular, at a school or (null) on the platform's host. */
    public static Caller anonymous(@Nullable Organization organization) {
        return new Caller(organization, null, "", null, false, false, null);
    }

    /**
     * The school itself, as its jobs and its administrator's commands act: with every right in it.
     */
    public static Caller office(Organization organization) {
        return new Caller(organization, null, "", Role.OWNER, false, false, null);
    }

    public static Caller member(Organization organization, UUID person, String name, Role role) {
        return new Caller(organization, person, name, role, false, false, null);
    }

    /** The caller bound to this thread, or null outside of any. */
    public static @Nullable Caller currentOrNull() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    public static Caller current() {
        var caller = currentOrNull();
        if (caller == null) {
            throw new IllegalStateException("No caller is bound to this thread");
        }
        return caller;
    }

    /** Runs the work as this caller; what was bound before is bound again afterwards. */
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, this).call(work::call);
    }

    /** The same for work that throws nothing that must be caught. */
    public <T extends @Nullable Object> T get(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    public void run(Runnable work) {
        ScopedValue.where(CURRENT, this).run(work);
    }

    public boolean signedIn() {
        return person != null;
    }

    public boolean isAtLeast(Role least) {
        return role != null && !suspended && role.atLeast(least);
    }

    /**
     * @throws Problem.NotFound on the platform's own host
     */
    public Organization school() {
        if (organization == null) {
            throw new Problem.NotFound(say("problem.noSchool"));
        }
        return organization;
    }

    /**
     * @throws Problem.Forbidden when nobody is signed in
     */
    public UUID personId() {
        if (person == null) {
            throw new Problem.Forbidden(say("problem.signInFirst"));
        }
        return person;
    }
}
