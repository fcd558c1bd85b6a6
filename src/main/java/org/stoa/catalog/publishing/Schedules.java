package org.stoa.catalog.publishing;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.catalog.CourseLockStore;
import org.stoa.catalog.Releases;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/**
 * Publishing at a set time. What is published then is the draft as it stands then. The wish and its
 * job are rows of one transaction; whoever takes the wish's row publishes, so that of several nodes
 * one does, and one that dies in the middle has done nothing.
 */
@Service
public class Schedules {
    private static final JobKind<Wish> PUBLISH =
            new JobKind<>("publish-at-set-time", Wish.class, JobKind.Lane.CRITICAL);

    private final ScheduleStore store;
    private final CourseLockStore locks;
    private final Releases releases;
    private final Jobs jobs;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    Schedules(
            ScheduleStore store,
            CourseLockStore locks,
            Releases releases,
            Jobs jobs,
            PlatformTransactionManager transactions,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.locks = locks;
        this.releases = releases;
        this.jobs = jobs;
        this.transactions = new TransactionTemplate(transactions);
        this.ids = ids;
        this.clock = clock;
        jobs.register(PUBLISH, this::publish);
    }

    /** What a job's row holds. */
    record Wish(UUID id) {}

    /**
     * Sets the time at which the course's draft is published, in place of one set before.
     *
     * @throws Problem.Invalid for the field {@code note}
     * @throws Problem.NotFound when the school has no such course
     */
    public void publishAt(String slug, Instant due, String note) {
        Releases.requireKeepable(note);
        transactions.executeWithoutResult(status -> {
            var id = ids.next();
            store.set(course(slug), id, due, note, Caller.current().person(), clock.instant());
            jobs.enqueue(PUBLISH, new Wish(id), due);
        });
    }

    /**
     * Nothing is published at a set time any more.
     *
     * @throws Problem.NotFound when the school has no such course
     */
    public void callOff(String slug) {
        transactions.executeWithoutResult(status -> store.callOff(course(slug)));
    }

    void publish(Wish wish) {
        try {
            jobs.finish(() ->
                    store.slug(wish.id())
                            .ifPresent(slug -> {
                                // The course first, as everybody who changes it does.
                                course(slug);
                                store.take(wish.id())
                                        .ifPresent(it ->
                                                releases.publishFor(it.by(), slug, it.note()));
                            }));
        } catch (Problem refused) {
            // It would be refused again: what its teacher can mend stands on the course's page.
            var why = String.valueOf(refused.getMessage());
            jobs.finish(() -> store.failed(wish.id(), why));
        }
    }

    private UUID course(String slug) {
        return locks.lock(slug)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
    }
}
