package org.stoa.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.stoa.bench.JobField;
import org.stoa.testing.TestDatabase;

/**
 * Real processes on a database of their own, killed and stopped: the small sister of {@code ./stoa
 * bench durability}.
 */
class KilledWorkersTest {
    /** Those which the stopped one was about to commit wait for it. */
    private static final int MOST_HELD = 3;

    private static final String NAME = "killed_workers";
    // Hasty, but not so that one is given up that only has to wait for its turn on the machine.
    private static final String[] HASTE = {
        "--stoa.jobs.heartbeat=1500ms", "--stoa.jobs.polling=100ms"
    };
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static JobField field;

    @BeforeAll
    static void aDatabase() throws Exception {
        var postgres = TestDatabase.postgres();
        var properties = new java.util.HashMap<>(TestDatabase.properties());
        var server = postgres.url().replaceAll("/stoa$", "/");
        properties.put("stoa.database.url", server + "postgres");
        var superuser = postgres.secrets().superuser();
        var maintenance = new JobField(properties, superuser, Path.of("target/killed-workers"));
        maintenance.sql("drop database if exists " + NAME + " with (force)");
        maintenance.sql("create database " + NAME + " owner stoa_owner");
        properties.put("stoa.database.url", server + NAME);
        field =
                new JobField(
                        properties,
                        superuser,
                        Path.of("target/killed-workers"),
                        "-XX:TieredStopAtLevel=1");
    }

    @AfterAll
    static void nothingIsLeft() throws Exception {
        field.stopAll();
    }

    @Test
    void nothingIsLostAndNothingTwiceWhereWorkersAreKilledAndStopped() throws Exception {
        var stopped = field.start(HASTE);
        var killed = field.start(HASTE);
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> field.number("select count(*) from lane_samples") >= 0);
        field.prepare();
        int jobs = 1_200;
        field.handIn("bench-once-critical", 30, 0, 400, 40);
        field.handIn("bench-calls-default", 20, 400, 400, 40);
        field.handIn("bench-once-bulk", 10, 800, 400, 20);
        await().atMost(LIMIT).until(() -> effects() > 60);
        JobField.signal(stopped, "STOP");
        field.kill(killed);
        var third = field.start(HASTE);
        await().atMost(LIMIT).until(() -> left() <= MOST_HELD);
        JobField.signal(stopped, "CONT");
        await().atMost(LIMIT).until(() -> left() == 0);
        var result = field.result(jobs);
        assertThat(result.lost()).isZero();
        assertThat(result.doubled()).isZero();
        assertThat(result.dead()).isZero();
        assertThat(field.number("select count(*) from job_attempts where outcome = 'lost'"))
                .isPositive();
        // Within thirty on a machine that does nothing else, which the benchmark holds.
        assertThat(result.slowestOrphanSeconds()).isBetween(0.0, 120.0);
        whatEndsItsProcessIsDeadAfterItsThirdTryAndItsNeighboursAreDone(stopped, third);
    }

    private static void whatEndsItsProcessIsDeadAfterItsThirdTryAndItsNeighboursAreDone(
            Process first, Process second) throws Exception {
        field.prepare();
        field.handIn("bench-deadly", 20, 5_000, 1, 0);
        field.handIn("bench-once-default", 20, 0, 200, 20);
        var dying = List.of(first, second, field.start(HASTE));
        await().atMost(LIMIT).until(() -> dying.stream().noneMatch(Process::isAlive));
        field.start(HASTE);
        await().atMost(LIMIT).until(() -> left() == 0);
        var result = field.result(200);
        assertThat(result.lost()).isZero();
        assertThat(result.doubled()).isZero();
        assertThat(result.dead()).as("the one that ends its process").isOne();
        assertThat(field.number("select attempts from finished_jobs where state = 'dead'"))
                .isEqualTo(3);
    }

    private static double effects() throws SQLException {
        return field.number("select count(*) from bench.effects");
    }

    private static double left() throws SQLException {
        return field.number("select count(*) from scheduled_tasks");
    }
}
