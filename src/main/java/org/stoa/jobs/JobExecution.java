package org.stoa.jobs;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import tools.jackson.databind.json.JsonMapper;

/** Does one job that was taken: binds it to its own school, and writes down what became of it. */
final class JobExecution {
    private static final Logger log = LoggerFactory.getLogger(JobExecution.class);

    /** A job that ended its process this often is dead. */
    static final int MOST_LOSSES = 3;

    private static final Duration KNOWN_FOR = Duration.ofSeconds(5);

    private final Jobs jobs;
    private final JobRun.Parts parts;
    private final Finishes finishes;
    private final Organizations organizations;
    private final Cache<UUID, Optional<Organization>> schools =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(KNOWN_FOR).build();
    private final JsonMapper json;
    private final Suspects suspects = new Suspects(MOST_LOSSES);
    private final Retries retries;
    private final TimeLimits limits;
    private final DatabaseClock clock;

    JobExecution(
            Jobs jobs,
            JobRun.Parts parts,
            Organizations organizations,
            JsonMapper json,
            Retries retries,
            TimeLimits limits,
            DatabaseClock clock) {
        this.jobs = jobs;
        this.parts = parts;
        this.finishes = new Finishes(parts.store(), parts.node(), this::notEnded);
        this.organizations = organizations;
        this.json = json;
        this.retries = retries;
        this.limits = limits;
        this.clock = clock;
    }

    Taken taken(String kind, String id, byte[] data, long run, int attempt) {
        return new Taken(kind, UUID.fromString(id), data, run, attempt, organization(data));
    }

    // What cannot be read is the platform's to look at; reading it again makes the attempt fail.
    private UUID organization(byte[] data) {
        try {
            return json.readValue(data, JobData.class).organization();
        } catch (RuntimeException unreadable) {
            return Job.PLATFORM;
        }
    }

    /**
     * @param stopping whether this process is about to end, so that what breaks off now is no
     *     failure
     */
    void run(Taken job, BooleanSupplier stopping) {
        var registered = jobs.registered(job.kind());
        if (registered == null) {
            parts.store().putBack(job);
            return;
        }
        var kind = registered.kind();
        if ((kind.limit() != null || kind.schoolLimit() != null)
                && parts.store().turn(job, kind.limit(), kind.schoolLimit()).isPresent()) {
            return;
        }
        int losses = job.attempt() == 1 ? 0 : parts.store().losses(job);
        var failure = losses == 0 ? attempt(registered, job) : apart(registered, job, losses);
        if (failure == null) {
            return;
        }
        if (RunStore.isOver(failure.cause())) {
            log.info("A job of kind {} was another's before it ended here", job.kind());
            return;
        }
        if (stopping.getAsBoolean() && !failure.timedOut()) {
            Patience.write(() -> parts.store().putBack(job));
            return;
        }
        failed(job, kind, failure);
    }

    private @Nullable Failure apart(Jobs.Registered<?> registered, Taken job, int losses) {
        var turn = suspects.turn(losses);
        turn.lock();
        try {
            parts.store().begun(job);
            return attempt(registered, job);
        } finally {
            turn.unlock();
        }
    }

    private record Failure(Throwable cause, boolean timedOut) {}

    private @Nullable Failure attempt(Jobs.Registered<?> registered, Taken job) {
        var kind = registered.kind();
        Throwable cause = null;
        TimeLimits.Watch watch = limits.watch(kind.timeLimit(), () -> giveUp(job, kind));
        try (watch) {
            perform(registered, job);
        } catch (Throwable thrown) {
            cause = thrown;
        }
        return cause == null ? null : new Failure(cause, watch.wasReached());
    }

    private <P> void perform(Jobs.Registered<P> registered, Taken job) throws Exception {
        var kind = registered.kind();
        var data = json.readValue(job.data(), JobData.class);
        var payload = json.treeToValue(data.payload(), kind.payload());
        var caller = caller(job);
        if (caller == null) {
            log.warn("A job of kind {} was for a school that is gone", kind.name());
            parts.store().cancelGone(job, parts.node());
            return;
        }
        var run = new JobRun(job, kind.attempts(), parts);
        caller.call(() -> {
            run.call(() -> {
                if (kind.oneTransaction()) {
                    run.finish(() -> work(registered, payload));
                } else {
                    registered.work().run(payload);
                }
                return null;
            });
            if (!run.isFinished()) {
                end(job);
            }
            return null;
        });
    }

    // What was tried before may be suspected of having ended its process, as may those beside it:
    // that one is done is known before the next begins.
    private void end(Taken job) throws InterruptedException {
        if (job.attempt() == 1) {
            finishes.finish(job);
        } else {
            finishes.finishNow(job);
        }
    }

    private void notEnded(Taken job, RuntimeException cause) {
        var registered = jobs.registered(job.kind());
        if (registered != null) {
            failed(job, registered.kind(), new Failure(cause, false));
        }
    }

    /** Waits until the ends of what was done are written, or for as long as is said. */
    void settle(Duration longest) {
        try {
            finishes.settle(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <P> void work(Jobs.Registered<P> registered, P payload) {
        try {
            registered.work().run(payload);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Caller caller(Taken job) {
        if (job.ofThePlatform()) {
            return Caller.anonymous(null);
        }
        return schools.get(job.organization(), organizations::byId)
                .map(Caller::office)
                .orElse(null);
    }

    private void failed(Taken job, JobKind<?> kind, Failure failure) {
        var how = failure.timedOut() ? RunStore.Outcome.TIMED_OUT : RunStore.Outcome.FAILED;
        var again = failure.cause() instanceof Jobs.Hopeless ? null : again(job, kind);
        log.warn(
                "Attempt {} at a job of kind {} failed; {}",
                job.attempt(),
                job.kind(),
                again == null ? "it is dead" : "it is tried again at " + again,
                failure.cause());
        var why = Reasons.of(failure.cause());
        Patience.write(() -> parts.store().fail(job, parts.node(), how, why, again));
    }

    private @Nullable Instant again(Taken job, JobKind<?> kind) {
        var now = clock.now();
        var again = now.plus(retries.wait(job.attempt()));
        var rhythm = jobs.rhythm(kind.name());
        if (rhythm != null) {
            var next = rhythm.after(now);
            return again.isBefore(next) ? again : next;
        }
        return job.attempt() >= kind.attempts() ? null : again;
    }

    // From here on the worker's transactions are refused: the job has another run.
    private void giveUp(Taken job, JobKind<?> kind) {
        log.error(
                "A job of kind {} does not heed that its time is up; its thread is lost until it does",
                job.kind());
        var why = "It went on after " + kind.timeLimit() + " and did not heed the interrupt";
        parts.store().fail(job, parts.node(), RunStore.Outcome.TIMED_OUT, why, again(job, kind));
    }

    /** The process that had the job is not heard of any more. */
    void lost(Taken job) {
        int losses = parts.store().losses(job);
        boolean dead = losses + 1 >= MOST_LOSSES;
        var again = dead ? null : clock.now();
        var why =
                dead
                        ? "The process that ran it ended or stood still, " + (losses + 1) + " times"
                        : "The process that ran it ended or stood still";
        if (parts.store().fail(job, parts.node(), RunStore.Outcome.LOST, why, again)) {
            log.warn("A job of kind {} lost its process; {}", job.kind(), dead ? "dead" : "again");
        }
    }
}
