package org.stoa.identity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.Signals;

/** The people of the caller's school, for its administrators. */
@Service
public class Members {
    private static final int LONGEST_SOUGHT = 254;

    private final MemberStore store;
    private final People people;
    private final Signals signals;

    Members(MemberStore store, People people, Signals signals) {
        this.store = store;
        this.people = people;
        this.signals = signals;
    }

    /** One person of the school. */
    public record Member(
            UUID id, String name, String email, Role role, boolean suspended, Instant since) {}

    /** Some of them, by name, and the cursor of what follows. */
    public record Page(List<Member> members, @Nullable String nextCursor) {}

    /**
     * @param q part of a name or address; empty for all
     * @throws Problem.Invalid when the cursor is not one that was handed out
     */
    public Page list(String q, @Nullable Role role, @Nullable String cursor, int limit) {
        var after = cursor == null || cursor.isEmpty() ? null : after(cursor);
        var found = store.list(Entry.shortened(q, LONGEST_SOUGHT).strip(), role, after, limit + 1);
        boolean more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        return new Page(shown, more ? shown.getLast().id().toString() : null);
    }

    /**
     * @throws Problem.Forbidden when the role is above the caller's own
     */
    public Person add(People.NewMember member) {
        requireMayGive(member.role());
        return people.add(Caller.current().school(), member);
    }

    /**
     * Changes what somebody is in the school, and whether they may enter it; null leaves as it is.
     *
     * @throws Problem.NotFound when they do not belong to the school
     * @throws Problem.Forbidden when the caller may not touch them
     * @throws Problem.Conflict when the school would be left without an owner
     */
    @Transactional
    public void change(UUID person, @Nullable Role role, @Nullable Boolean suspended) {
        var standings = store.lockedWithOwners(person);
        var before =
                standings.stream()
                        .filter(s -> s.person().equals(person))
                        .findFirst()
                        .orElseThrow(() -> new Problem.NotFound("Nobody of this school is that."));
        requireMayTouch(before.role());
        requireMayGive(role);
        var after = role == null ? before.role() : role;
        boolean out = suspended == null ? before.suspended() : suspended;
        boolean leaves = before.reigns() && (after != Role.OWNER || out);
        if (leaves && standings.stream().filter(MemberStore.Standing::reigns).count() == 1) {
            throw new Problem.Conflict("A school needs an owner. Name another one first.");
        }
        store.change(person, after, out);
        signals.send(Recognition.CHANGED, person.toString());
    }

    /** Whether the caller may change somebody of this role. */
    public static boolean mayTouch(Role role) {
        return Caller.current().isAtLeast(Role.OWNER)
                || (Caller.current().isAtLeast(Role.ADMIN) && role != Role.OWNER);
    }

    private static void requireMayTouch(Role role) {
        if (!mayTouch(role)) {
            throw new Problem.Forbidden("Only an owner may change an owner.");
        }
    }

    private static void requireMayGive(@Nullable Role role) {
        if (role == Role.OWNER && !Caller.current().isAtLeast(Role.OWNER)) {
            throw new Problem.Forbidden("Only an owner may name another owner.");
        }
    }

    private static UUID after(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw new Problem.Invalid("cursor", "This is not a cursor that was handed out.");
        }
    }
}
