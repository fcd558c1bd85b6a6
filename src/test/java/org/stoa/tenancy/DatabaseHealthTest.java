package org.stoa.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.stoa.testing.TestDatabase;

class DatabaseHealthTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aDatabaseThatAnswersIsUp() {
        var properties = TestDatabase.properties();
        try (var pool = pool(String.valueOf(properties.get("stoa.database.url")))) {
            pool.setUsername(properties.get("stoa.database.service.username"));
            pool.setPassword(properties.get("stoa.database.service.password"));
            assertThat(new DatabaseHealth(pool, Clock.systemUTC()).health().getStatus())
                    .isEqualTo(Status.UP);
        }
    }

    @Test
    void oneThatSaysNothingIsDownLongBeforeAConnectionIsGivenUp() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var pool = pool("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/stoa")) {
            var health = new DatabaseHealth(pool, Clock.systemUTC());
            var began = Instant.now();
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(Duration.between(began, Instant.now())).isLessThan(SOON);
        }
    }

    private static HikariDataSource pool(String url) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setConnectionTimeout(40_000);
        pool.setInitializationFailTimeout(-1);
        return pool;
    }
}
