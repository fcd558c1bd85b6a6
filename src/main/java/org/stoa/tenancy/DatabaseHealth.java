package org.stoa.tenancy;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the database answers, for {@code /readyz}: told within a second, since who asks wants to
 * send its callers elsewhere, and looked at once a second however many ask.
 */
final class DatabaseHealth implements HealthIndicator {
    private static final Duration KEPT = Duration.ofSeconds(1);
    private static final int LONGEST_SECONDS = 1;

    private final DataSource database;
    private final Clock clock;
    private final Executor threads = task -> Thread.ofVirtual().start(task);
    private @Nullable Look last;

    DatabaseHealth(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    private record Look(Instant at, CompletableFuture<Health> health) {}

    @Override
    public Health health() {
        try {
            return look().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        } catch (ExecutionException | TimeoutException e) {
            return Health.down(e).build();
        }
    }

    private synchronized CompletableFuture<Health> look() {
        var now = clock.instant();
        if (last == null || last.at().plus(KEPT).isBefore(now)) {
            last = new Look(now, CompletableFuture.supplyAsync(this::ask, threads));
        }
        return last.health();
    }

    private Health ask() {
        try (var connection = database.getConnection()) {
            return connection.isValid(LONGEST_SECONDS)
                    ? Health.up().build()
                    : Health.down().build();
        } catch (SQLException e) {
            return Health.down(e).build();
        }
    }
}
