package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.stoa.catalog.Release;
import org.stoa.catalog.Releases;
import org.stoa.enrollment.waiting.WaitingList;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/** Places in courses: taking one and giving it up. */
@Service
public class Enrollments {
    private final Releases releases;
    private final Admissions admissions;
    private final EnrollmentStore store;
    private final WaitingList waiting;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    Enrollments(
            Releases releases,
            Admissions admissions,
            EnrollmentStore store,
            WaitingList waiting,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.releases = releases;
        this.admissions = admissions;
        this.store = store;
        this.waiting = waiting;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Who gets a place, in which course, and in which of its cohorts if in any.
     *
     * @param grant why; null where they have access already, and a cohort adds no reason for it
     */
    private record Wish(
            UUID course, UUID person, @Nullable UUID cohort, @Nullable Grant grant, Instant now) {}

    /**
     * Gives the caller a place in a published course, with access that is free, or was paid for.
     * Whether it is called once or often, by one device or two at the same time, it is one place
     * and one seat.
     *
     * @throws Problem.NotFound when the school has no published course of this name
     */
    @Transactional
    public Enrolled enroll(String slug) {
        return enroll(slug, null);
    }

    /**
     * The same, as one of a cohort that can be joined.
     *
     * @throws Problem.NotFound also when the course has no such cohort
     */
    @Transactional
    public Enrolled enroll(String slug, @Nullable UUID cohort) {
        var now = clock.instant();
        var person = Caller.current().personId();
        var offer = admissions.hold(slug, now);
        if (!(offer.admission() instanceof Admission.Open)) {
            // Whoever is in stays in, whatever the terms have become.
            var place = store.find(person, offer.course(), now);
            return place != null && place.status() == EnrollmentStatus.ACTIVE && place.open()
                    ? new Enrolled.Already(place.id(), offer.course())
                    : new Enrolled.Refused(offer.course(), offer.admission());
        }
        if (cohort != null && offer.cohorts().stream().noneMatch(it -> it.id().equals(cohort))) {
            throw new Problem.NotFound(say("learn.noSuchGroup"));
        }
        var reason = cohort == null ? Grant.free() : Grant.ofCohort(cohort);
        return place(new Wish(offer.course(), person, cohort, offer.sold() ? null : reason, now));
    }

    /**
     * Gives somebody a place among a cohort, whatever the course's terms are; only its capacity
     * holds. For those who teach the course.
     *
     * @throws Problem.NotFound when the person is no member of the school
     */
    @Transactional
    public Enrolled admit(UUID course, UUID person, UUID cohort) {
        if (!store.member(person)) {
            throw new Problem.NotFound(say("problem.noSuchMember"));
        }
        return place(new Wish(course, person, cohort, Grant.ofCohort(cohort), clock.instant()));
    }

    /** Gives a place for a reason that came from elsewhere. */
    Enrolled give(UUID person, UUID course, Grant grant, Instant now) {
        return place(new Wish(course, person, null, grant, now));
    }

    private Enrolled place(Wish wish) {
        var cohort = wish.cohort();
        if (cohort != null && !store.takeCohortPlace(wish.course(), cohort)) {
            return full(wish);
        }
        var enrollment = ids.next();
        var grant = wish.grant();
        if (grant == null) {
            return again(wish);
        }
        var attempt =
                store.open(
                        new EnrollmentStore.Fresh(
                                enrollment,
                                ids.next(),
                                wish.person(),
                                wish.course(),
                                cohort,
                                grant),
                        wish.now());
        if (!attempt.opened()) {
            return again(wish);
        }
        if (attempt.limited() && !seated(wish, attempt.seated())) {
            return full(wish);
        }
        announce(enrollment, wish);
        return new Enrolled.Opened(enrollment, wish.course());
    }

    /**
     * Whether there is a place after all: one that is kept for them, where no other is free. Who
     * has found one waits no more.
     */
    private boolean seated(Wish wish, boolean free) {
        if (!free) {
            return waiting.claim(wish.person(), wish.course());
        }
        waiting.seated(wish.person(), wish.course());
        return true;
    }

    private static Enrolled full(Wish wish) {
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        return new Enrolled.Full(wish.course());
    }

    /** Someone with a place asks for one: it is theirs still, or again. */
    private Enrolled again(Wish wish) {
        var enrollment = store.find(wish.person(), wish.course(), wish.now());
        if (enrollment == null) {
            throw new Problem.Conflict(say("learn.opening"));
        }
        boolean back = enrollment.status().mayBecome(EnrollmentStatus.ACTIVE);
        if (back) {
            if (!seated(wish, store.moveSeat(wish.course(), 1))) {
                return full(wish);
            }
            store.change(wish.person(), wish.course(), EnrollmentStatus.ACTIVE, wish.now());
        }
        boolean moved = wish.cohort() != null && move(enrollment, wish);
        boolean opened = wish.cohort() == null && !enrollment.open();
        var grant = wish.grant();
        // Access that is free adds nothing to any other; what was bought is kept beside it.
        if (wish.cohort() == null
                && grant != null
                && (opened || grant.source() != Grant.Source.FREE)) {
            store.grant(ids.next(), wish.person(), wish.course(), grant, wish.now());
        }
        if (!back && !moved && !opened) {
            return new Enrolled.Already(enrollment.id(), wish.course());
        }
        announce(enrollment.id(), wish);
        return new Enrolled.Opened(enrollment.id(), wish.course());
    }

    /** From one cohort, or none, into another; a place there is taken already. */
    private boolean move(Enrollment enrollment, Wish wish) {
        var cohort = java.util.Objects.requireNonNull(wish.cohort());
        if (cohort.equals(enrollment.cohort())) {
            store.leaveCohortPlace(cohort);
            return false;
        }
        if (enrollment.cohort() != null) {
            leave(enrollment, enrollment.cohort(), wish.now());
        }
        store.join(wish.person(), wish.course(), cohort);
        if (wish.grant() != null) {
            store.grant(ids.next(), wish.person(), wish.course(), wish.grant(), wish.now());
        }
        return true;
    }

    private void leave(Enrollment enrollment, UUID cohort, Instant now) {
        store.leaveCohortPlace(cohort);
        store.end(enrollment.personId(), enrollment.courseId(), cohort, now);
        store.join(enrollment.personId(), enrollment.courseId(), null);
    }

    /**
     * Takes somebody out of a cohort. The access that came with it ends, any other stays.
     *
     * @throws Problem.NotFound when they are not in it
     */
    @Transactional
    public void dismiss(UUID course, UUID person, UUID cohort) {
        var now = clock.instant();
        var enrollment = store.find(person, course, now);
        if (enrollment == null || !cohort.equals(enrollment.cohort())) {
            throw new Problem.NotFound(say("learn.notInGroup"));
        }
        leave(enrollment, cohort, now);
    }

    /**
     * Gives up the caller's place. What was learned is kept, should they come back.
     *
     * @throws Problem.NotFound when they have none
     */
    @Transactional
    public void withdraw(String slug) {
        var course = published(slug).courseId();
        var now = clock.instant();
        var person = Caller.current().personId();
        var enrollment = store.find(person, course, now);
        if (enrollment == null || !enrollment.status().mayBecome(EnrollmentStatus.WITHDRAWN)) {
            throw new Problem.NotFound(say("learn.noPlace"));
        }
        if (enrollment.cohort() != null) {
            leave(enrollment, enrollment.cohort(), now);
        }
        store.endFree(person, course, now);
        store.change(person, course, EnrollmentStatus.WITHDRAWN, now);
        store.moveSeat(course, -1);
        waiting.freed(course);
        announce(enrollment.id(), new Wish(course, person, null, null, now));
    }

    /** Takes the place of somebody who has no access any more; they come back with the next. */
    void lapse(UUID person, UUID course, Instant now) {
        var enrollment = store.find(person, course, now);
        if (enrollment == null
                || enrollment.open()
                || !enrollment.status().mayBecome(EnrollmentStatus.LAPSED)) {
            return;
        }
        if (enrollment.cohort() != null) {
            leave(enrollment, enrollment.cohort(), now);
        }
        store.change(person, course, EnrollmentStatus.LAPSED, now);
        store.moveSeat(course, -1);
        waiting.freed(course);
    }

    private void announce(UUID enrollment, Wish wish) {
        events.publishEvent(
                new LearnerEnrolled(
                        Caller.current().school().id(), enrollment, wish.course(), wish.person()));
    }

    private Release published(String slug) {
        return releases.current(slug)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noCourseHere")));
    }
}
