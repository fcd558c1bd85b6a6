package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stoa.bench.Purchases;
import org.stoa.bench.ShopField;
import org.stoa.testing.TestDatabase;

/**
 * Two servers of a shop on a database of their own, killed at points that are named: the small
 * sister of {@code ./stoa bench commerce}.
 */
class KilledShopTest {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    @SuppressWarnings("NullAway.Init")
    private static ShopField field;

    /** A database of the tests' PostgreSQL, which others are left alone in. */
    private record Beside(Map<String, String> properties, String server, String superuser)
            implements ShopField.Ground {
        private static final String NAME = "killed_shop";

        static Beside made() throws SQLException {
            var postgres = TestDatabase.postgres();
            var server = postgres.url().replaceAll("/stoa$", "/");
            var properties = new HashMap<>(TestDatabase.properties());
            properties.put("stoa.database.url", server + NAME);
            var it = new Beside(properties, server, postgres.secrets().superuser());
            it.sql("drop database if exists " + NAME + " with (force)");
            it.sql("create database " + NAME + " owner stoa_owner");
            return it;
        }

        private void sql(String sql) throws SQLException {
            try (var connection =
                            DriverManager.getConnection(
                                    server + "postgres", "postgres", superuser);
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void away(Duration time) throws Exception {
            sql("alter database " + NAME + " allow_connections false");
            sql(
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
                            + NAME
                            + "'");
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            sql("alter database " + NAME + " allow_connections true");
        }
    }

    @BeforeAll
    static void twoServers() throws Exception {
        var program =
                ShopField.unpackaged(
                        "-Xmx320m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dstoa.jobs.heartbeat=1500ms");
        field =
                new ShopField(
                        Beside.made(),
                        Path.of("target/killed-shop"),
                        program,
                        Duration.ofSeconds(2));
        field.startAll();
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        field.close();
    }

    @Test
    void whoeverPaidIsInAndWhoeverIsInHasPaidThoughServersAreKilled() throws Exception {
        var points = List.of("IN_SETTLEMENT");
        var result = Purchases.run(field, new Purchases.Plan(60, points, 1, LIMIT, 42));
        assertThat(result.kills()).as("kills at their points").isEqualTo(points.size());
        assertThat(result.charges()).isBetween(50, 60);
        assertThat(result.neverSent()).as("events never sent").isPositive();
        assertThat(result.mismatches()).as("paid and not in, in and not paid").isZero();
        assertThat(result.doubleCharges()).isZero();
        assertThat(result.doubleEnrollments()).isZero();
        assertThat(result.ledger()).as("minor units that the books differ by").isZero();
        assertThat(result.dead()).as("events and jobs that were given up").isZero();
    }
}
