package org.stoa.jobs;

import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.tenancy.Fence;

/**
 * One attempt at a job, as its work sees it. Work that calls others is not one transaction: it
 * reads what to do, calls, and writes what came of it with {@link #finish}, so that the outcome is
 * written once although the call may have happened twice. {@link #id} is the same in each attempt:
 * give it to the other side as its key of idempotency.
 */
public final class JobRun {
    private static final ScopedValue<JobRun> CURRENT = ScopedValue.newInstance();

    private final Taken job;
    private final int mostAttempts;
    private final Parts parts;
    private final Fence fence;
    private boolean finished;

    /** What a run needs of the program to end itself. */
    record Parts(RunStore store, String node) {}

    JobRun(Taken job, int mostAttempts, Parts parts) {
        this.job = job;
        this.mostAttempts = mostAttempts;
        this.parts = parts;
        fence = new Fence(job.kind(), job.id().toString(), job.run());
    }

    /**
     * The attempt that is under way in this thread.
     *
     * @throws IllegalStateException outside of a job
     */
    public static JobRun current() {
        if (!CURRENT.isBound()) {
            throw new IllegalStateException("No job runs in this thread");
        }
        return CURRENT.get();
    }

    /** The job that runs in this thread; null for none. */
    public static @Nullable UUID currentId() {
        return CURRENT.isBound() ? CURRENT.get().id() : null;
    }

    /**
     * Runs the work as one transaction that ends the job as well, or, outside of any job, as a
     * transaction alone. If it throws, nothing of it is kept and the job has not ended. The bound
     * database is meant; in a job of the platform, the service database.
     */
    static void finishing(TransactionTemplate elsewhere, Runnable work) {
        if (CURRENT.isBound() && !CURRENT.get().finished) {
            CURRENT.get().finish(work);
        } else {
            elsewhere.executeWithoutResult(status -> work.run());
        }
    }

    /** Runs the work as one transaction that ends the job as well. */
    public void finish(Runnable work) {
        try {
            parts.store().inTransaction(job, () -> end(work));
            finished = true;
        } finally {
            fence.met(false);
        }
    }

    private void end(Runnable work) {
        work.run();
        parts.store().finish(job, parts.node());
        fence.met(true);
    }

    /** How far it is, for the page of jobs; a transaction of its own, unless one is under way. */
    public void progress(long done, long total) {
        parts.store().progress(job, done, total);
    }

    public UUID id() {
        return job.id();
    }

    /** The first attempt is 1. */
    public int attempt() {
        return job.attempt();
    }

    /** It will be dead if it fails now. */
    public boolean isLastAttempt() {
        return job.attempt() >= mostAttempts;
    }

    boolean isFinished() {
        return finished;
    }

    <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, this).call(() -> fence.call(work));
    }
}
