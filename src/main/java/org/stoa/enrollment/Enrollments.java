package org.stoa.enrollment;

import java.time.Clock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;
import org.stoa.catalog.Release;
import org.stoa.catalog.Releases;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/** Places in courses: taking one and giving it up. */
@Service
public class Enrollments {
    private final Releases releases;
    private final EnrollmentStore store;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    Enrollments(
            Releases releases,
            EnrollmentStore store,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.releases = releases;
        this.store = store;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Gives the caller a place in a published course, with access that is free. Whether it is
     * called once or often, by one device or two at the same time, it is one place and one seat.
     *
     * @throws Problem.NotFound when the school has no published course of this name
     */
    @Transactional
    public Enrolled enroll(String slug) {
        var course = published(slug).courseId();
        var person = Caller.current().personId();
        var enrollment = ids.next();
        var now = clock.instant();
        var attempt = store.open(enrollment, ids.next(), person, course, now);
        if (!attempt.opened()) {
            return again(slug);
        }
        if (attempt.limited() && !attempt.seated()) {
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
            return new Enrolled.Full(course);
        }
        announce(enrollment, course);
        return new Enrolled.Opened(enrollment, course);
    }

    /** Someone with a place asks for one: it is theirs still, or again. */
    private Enrolled again(String slug) {
        var course = published(slug).courseId();
        var person = Caller.current().personId();
        var enrollment = store.find(person, course);
        if (enrollment == null) {
            throw new Problem.Conflict("Your place is being opened already. Try again.");
        }
        if (!enrollment.status().mayBecome(EnrollmentStatus.ACTIVE)) {
            return new Enrolled.Already(enrollment.id(), course);
        }
        if (!store.moveSeat(course, 1)) {
            return new Enrolled.Full(course);
        }
        store.change(person, course, EnrollmentStatus.ACTIVE, clock.instant());
        announce(enrollment.id(), course);
        return new Enrolled.Opened(enrollment.id(), course);
    }

    /**
     * Gives up the caller's place. What was learned is kept, should they come back.
     *
     * @throws Problem.NotFound when they have none
     */
    @Transactional
    public void withdraw(String slug) {
        var course = published(slug).courseId();
        var person = Caller.current().personId();
        var enrollment = store.find(person, course);
        if (enrollment == null || !enrollment.status().mayBecome(EnrollmentStatus.WITHDRAWN)) {
            throw new Problem.NotFound("You have no place in this course.");
        }
        store.change(person, course, EnrollmentStatus.WITHDRAWN, clock.instant());
        store.moveSeat(course, -1);
        announce(enrollment.id(), course);
    }

    private void announce(java.util.UUID enrollment, java.util.UUID course) {
        var caller = Caller.current();
        events.publishEvent(
                new LearnerEnrolled(caller.school().id(), enrollment, course, caller.personId()));
    }

    private Release published(String slug) {
        return releases.current(slug)
                .orElseThrow(() -> new Problem.NotFound("There is no course at this address."));
    }
}
