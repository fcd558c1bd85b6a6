package org.stoa.jobs;

import com.github.kagkarlsson.scheduler.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The database's time, kept by this process's steady counter between two looks at it. What is due
 * and who is alive must not depend on whether this machine's clock is right, or jumps.
 */
final class DatabaseClock implements Clock {
    private static final Duration TRUSTED = Duration.ofSeconds(30);

    private final Supplier<Instant> database;
    private final LongSupplier nanos;
    private volatile @Nullable Seen seen;

    private record Seen(Instant time, long at) {}

    DatabaseClock(Supplier<Instant> database, LongSupplier nanos) {
        this.database = database;
        this.nanos = nanos;
    }

    @Override
    public Instant now() {
        var known = seen;
        var last = known == null ? look() : known;
        var passed = Duration.ofNanos(nanos.getAsLong() - last.at());
        return last.time().plus(passed);
    }

    /** Looks at the database again, if that is long ago. */
    void refresh() {
        var last = seen;
        if (last == null || nanos.getAsLong() - last.at() > TRUSTED.toNanos()) {
            look();
        }
    }

    private Seen look() {
        long before = nanos.getAsLong();
        var now = new Seen(database.get(), before);
        seen = now;
        return now;
    }
}
