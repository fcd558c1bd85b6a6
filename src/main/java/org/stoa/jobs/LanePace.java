package org.stoa.jobs;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * How quick the jobs of a lane are in this process. Where they are, more are taken at once than
 * there are threads, for taking costs about as much as doing; where one may last, none waits here
 * behind it that another process could do.
 */
final class LanePace {
    private static final double SMOOTH = 0.1;
    private static final double QUICK = Duration.ofSeconds(1).toNanos();
    private static final long STILL = Duration.ofSeconds(2).toNanos();

    private final LongSupplier nanos;
    private final AtomicInteger running = new AtomicInteger();
    private volatile double average;
    private volatile long lastEnd;

    LanePace(LongSupplier nanos) {
        this.nanos = nanos;
        lastEnd = nanos.getAsLong();
    }

    /** Does the work, and remembers how long it took. */
    void time(Runnable work) {
        long begun = nanos.getAsLong();
        if (running.getAndIncrement() == 0) {
            lastEnd = begun;
        }
        try {
            work.run();
        } finally {
            running.decrementAndGet();
            lastEnd = nanos.getAsLong();
            average += SMOOTH * (lastEnd - begun - average);
        }
    }

    boolean isQuick() {
        boolean still = running.get() > 0 && nanos.getAsLong() - lastEnd > STILL;
        return average < QUICK && !still;
    }
}
