package org.stoa.enrollment;

import java.time.Clock;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;

/** Keeps the number of a course's learners, away from the path of those who enroll. */
@Component
class LearnerCount {
    private static final JobKind<Change> COUNT =
            new JobKind<>("count-learners", Change.class, JobKind.Lane.BULK).inOneTransaction();

    private final Jobs jobs;
    private final EnrollmentStore store;
    private final Clock clock;

    LearnerCount(Jobs jobs, EnrollmentStore store, Clock clock) {
        this.jobs = jobs;
        this.store = store;
        this.clock = clock;
        jobs.register(COUNT, this::count);
    }

    /** A course's learners changed. */
    record Change(UUID course) {}

    @EventListener
    void on(LearnerEnrolled event) {
        jobs.enqueue(COUNT, new Change(event.course()));
    }

    private void count(Change change) {
        store.count(change.course(), clock.instant());
    }
}
