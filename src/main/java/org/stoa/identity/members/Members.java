package org.stoa.identity.members;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.identity.Entry;
import org.stoa.identity.People;
import org.stoa.identity.Person;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/** The people of the caller's school, for its administrators. */
@Service
public class Members {
    private static final int LONGEST_SOUGHT = 254;
    private static final int MOST_AT_ONCE = 100;

    private final MemberStore store;
    private final People people;

    Members(MemberStore store, People people) {
        this.store = store;
        this.people = people;
    }

    /** One person of the school. */
    public record Member(
            UUID id, String name, String email, Role role, boolean suspended, Instant since) {}

    /**
     * Some of them, by name.
     *
     * @param q part of a name or address; empty for all
     * @param suspended null for all
     * @throws Problem.Invalid when the cursor is not one that was handed out
     */
    public Slice<Member> list(
            String q,
            @Nullable Role role,
            @Nullable Boolean suspended,
            @Nullable String cursor,
            int limit) {
        var after = cursor == null || cursor.isEmpty() ? null : Slice.after(cursor);
        var found =
                store.list(
                        Entry.shortened(q, LONGEST_SOUGHT).strip(),
                        role,
                        suspended,
                        after,
                        limit + 1);
        return Slice.of(found, limit, Member::id);
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
                        .orElseThrow(() -> new Problem.NotFound(say("problem.nobodyIsThat")));
        requireMayTouch(before.role());
        requireMayGive(role);
        var after = role == null ? before.role() : role;
        boolean out = suspended == null ? before.suspended() : suspended;
        boolean leaves = before.reigns() && (after != Role.OWNER || out);
        if (leaves && standings.stream().filter(MemberStore.Standing::reigns).count() == 1) {
            throw new Problem.Conflict(say("identity.members.needsOwner"));
        }
        store.change(person, after, out);
        people.changed(person);
    }

    /**
     * The same for many, or for none of them: see {@link #change}.
     *
     * @throws Problem.Invalid when there are more than a hundred
     */
    @Transactional
    public void change(List<UUID> people, @Nullable Role role, @Nullable Boolean suspended) {
        if (people.size() > MOST_AT_ONCE) {
            throw new Problem.Invalid("member", say("identity.members.most"));
        }
        // In one order, so that two who choose the same do not wait for each other.
        people.stream().distinct().sorted().forEach(it -> change(it, role, suspended));
    }

    /** Whether the caller may change somebody of this role. */
    public static boolean mayTouch(Role role) {
        return Caller.current().isAtLeast(Role.OWNER)
                || (Caller.current().isAtLeast(Role.ADMIN) && role != Role.OWNER);
    }

    private static void requireMayTouch(Role role) {
        if (!mayTouch(role)) {
            throw new Problem.Forbidden(say("identity.members.changeOwner"));
        }
    }

    private static void requireMayGive(@Nullable Role role) {
        if (role == Role.OWNER && !Caller.current().isAtLeast(Role.OWNER)) {
            throw new Problem.Forbidden(say("identity.members.ownerOnly"));
        }
    }
}
