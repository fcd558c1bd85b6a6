package org.stoa.catalog.people;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.CourseLockStore;
import org.stoa.identity.Entry;
import org.stoa.identity.invitations.InvitationAccepted;
import org.stoa.identity.invitations.Invitations;
import org.stoa.identity.members.Members;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/**
 * Naming who teaches a course. Roles in courses are for those who teach at the school; an
 * administrator who names somebody else makes them a teacher with it.
 */
@Service
public class CoursePeople {
    private final CourseStaffStore store;
    private final CourseLockStore locks;
    private final Members members;
    private final Invitations invitations;
    private final Clock clock;

    CoursePeople(
            CourseStaffStore store,
            CourseLockStore locks,
            Members members,
            Invitations invitations,
            Clock clock) {
        this.store = store;
        this.locks = locks;
        this.members = members;
        this.invitations = invitations;
        this.clock = clock;
    }

    /**
     * Somebody with a role in the course.
     *
     * @param active false while they are suspended, or do not teach at the school any more
     */
    public record Teacher(
            UUID id, String name, String email, CourseRole role, boolean active, Instant since) {}

    /** An invitation to the course that still holds. */
    public record Invited(UUID id, CourseRole role, String email, Instant expiresAt) {}

    /** The leads first, then by name. */
    public record People(
            UUID course, String title, CourseStanding standing, List<Teacher> teachers) {
        public boolean led() {
            return teachers.stream().anyMatch(it -> it.role() == CourseRole.LEAD);
        }
    }

    /**
     * @throws Problem.NotFound when there is no such course, or the caller does not teach it
     */
    public People of(String course) {
        var lines = store.people(course);
        if (lines.isEmpty()) {
            throw noSuchCourse();
        }
        var it = lines.getFirst().course();
        var teachers =
                lines.stream()
                        .map(CourseStaffStore.Line::teacher)
                        .flatMap(Optional::stream)
                        .toList();
        return new People(it.id(), it.title(), it.standing(), teachers);
    }

    List<Invited> invited(UUID course) {
        return store.invitations(course, clock.instant());
    }

    /**
     * Gives somebody of the school, by their address, a role in the course.
     *
     * @throws Problem.Invalid for the field {@code email} when they cannot have one
     */
    @Transactional
    public void add(String course, String email, CourseRole role) {
        var locked = naming(course);
        var member =
                store.member(Entry.emailKey(email))
                        .orElseThrow(() -> new Problem.Invalid("email", say("people.noAddress")));
        put(course, locked, member, role);
    }

    /**
     * @throws Problem.NotFound when they do not belong to the school
     * @throws Problem.Conflict when nobody would lead the course
     */
    @Transactional
    public void change(String course, UUID teacher, CourseRole role) {
        var locked = naming(course);
        var member =
                store.member(teacher)
                        .orElseThrow(() -> new Problem.NotFound(say("problem.nobodyIsThat")));
        put(course, locked, member, role);
    }

    /**
     * @throws Problem.NotFound when they have no role in it
     * @throws Problem.Conflict when nobody would lead it
     */
    @Transactional
    public void remove(String course, UUID teacher) {
        var locked = naming(course);
        var people = of(course);
        if (people.teachers().stream().noneMatch(it -> it.id().equals(teacher))) {
            throw new Problem.NotFound(say("people.notTeaching"));
        }
        requireLedWithout(people, teacher);
        store.remove(locked.id(), teacher);
        locks.touch(locked.id(), clock.instant());
    }

    /**
     * Invites one person by link.
     *
     * @param email the one address it holds for; empty for whoever has the link first
     */
    @Transactional
    public Invitations.Made invite(String course, String email, CourseRole role, int days) {
        var locked = naming(course);
        requireLed(of(course), role);
        var what =
                role == CourseRole.LEAD
                        ? say("people.invite.lead")
                        : role == CourseRole.ASSISTANT
                                ? say("people.invite.teach")
                                : say("people.invite.review");
        var made =
                invitations.make(
                        new Invitations.Wish(
                                Caller.current().isAtLeast(Role.ADMIN) ? Role.TEACHER : null,
                                what + " “" + locked.title() + "”",
                                email,
                                days,
                                1));
        store.addInvitation(made.id(), locked.id(), role);
        return made;
    }

    /**
     * @throws Problem.NotFound when the course has no such invitation
     */
    @Transactional
    public void revoke(String course, UUID invitation) {
        var locked = naming(course);
        if (invited(locked.id()).stream().noneMatch(it -> it.id().equals(invitation))) {
            throw new Problem.NotFound(say("problem.noSuchInvitation"));
        }
        invitations.revoke(invitation);
    }

    /** Inside the transaction that makes them a member. */
    @EventListener
    void entered(InvitationAccepted accepted) {
        store.entered(
                accepted.organization(), accepted.invitation(), accepted.person(), clock.instant());
    }

    private CourseStaffStore.Course naming(String course) {
        var locked = store.lock(course).orElseThrow(CoursePeople::noSuchCourse);
        if (!locked.standing().may(CourseRight.PEOPLE)) {
            throw new Problem.Forbidden(CourseRight.PEOPLE.refusal());
        }
        return locked;
    }

    private void put(
            String course,
            CourseStaffStore.Course locked,
            CourseStaffStore.Member member,
            CourseRole role) {
        var people = of(course);
        requireLed(people, role);
        if (role != CourseRole.LEAD) {
            requireLedWithout(people, member.id());
        }
        if (member.suspended()) {
            throw new Problem.Invalid("email", say("people.suspended"));
        }
        if (!member.role().atLeast(Role.TEACHER)) {
            if (!Caller.current().isAtLeast(Role.ADMIN)) {
                throw new Problem.Invalid("email", say("people.notATeacher"));
            }
            members.change(member.id(), Role.TEACHER, null);
        }
        store.put(locked.id(), member.id(), role, clock.instant());
        locks.touch(locked.id(), clock.instant());
    }

    private static void requireLed(People people, CourseRole role) {
        if (role != CourseRole.LEAD && !people.led()) {
            throw new Problem.Conflict(say("people.noLeadYet"));
        }
    }

    private static void requireLedWithout(People people, UUID teacher) {
        boolean leads =
                people.teachers().stream()
                        .anyMatch(it -> it.id().equals(teacher) && it.role() == CourseRole.LEAD);
        boolean another =
                people.teachers().stream()
                        .anyMatch(it ->
                                !it.id().equals(teacher)
                                        && it.role() == CourseRole.LEAD
                                        && it.active());
        if (leads && !another) {
            throw new Problem.Conflict(say("people.lastLead"));
        }
    }

    private static Problem.NotFound noSuchCourse() {
        return new Problem.NotFound(say("people.notYours"));
    }
}
