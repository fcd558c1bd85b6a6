package org.stoa.jobs;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Interrupts work that takes too long, and gives up on work that does not heed it. */
final class TimeLimits implements AutoCloseable {
    private final ScheduledExecutorService timers;
    private final Duration grace;

    /**
     * @param grace between the interrupt and giving up
     */
    TimeLimits(Duration grace) {
        this.grace = grace;
        var pool =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("job-time-limits").factory());
        pool.setRemoveOnCancelPolicy(true);
        timers = pool;
    }

    /** The limit of one attempt; to be closed by the thread that does the work. */
    final class Watch implements AutoCloseable {
        private final Thread worker = Thread.currentThread();
        private final Runnable giveUp;
        private final java.util.concurrent.Future<?> timer;
        private boolean over;
        private boolean reached;

        private Watch(Duration limit, Runnable giveUp) {
            this.giveUp = giveUp;
            timer = timers.schedule(this::reach, limit.toMillis(), TimeUnit.MILLISECONDS);
        }

        private synchronized void reach() {
            if (!over) {
                reached = true;
                worker.interrupt();
                timers.schedule(this::insist, grace.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        private void insist() {
            synchronized (this) {
                if (over) {
                    return;
                }
            }
            giveUp.run();
        }

        /** Whether the limit was reached; no interrupt comes after the close. */
        synchronized boolean wasReached() {
            return reached;
        }

        @Override
        public synchronized void close() {
            over = true;
            timer.cancel(false);
            if (reached) {
                // Whatever is left of it must not meet the next job in this thread.
                Thread.interrupted();
            }
        }
    }

    /**
     * @param giveUp called from another thread where the work goes on in spite of the interrupt
     */
    Watch watch(Duration limit, Runnable giveUp) {
        return new Watch(limit, giveUp);
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }
}
