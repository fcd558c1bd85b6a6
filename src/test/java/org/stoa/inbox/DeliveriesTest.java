package org.stoa.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import org.stoa.testing.PatientPools;
import org.stoa.testing.StoaTest;
import org.stoa.testing.TestDatabase;

/**
 * A bad hour in small: duplicates, disorder, poison, and the database gone twice. {@code ./stoa
 * bench durability} does it at length, and kills the server too.
 */
@StoaTest
@TestPropertySource(
        properties = {
            "stoa.clerk.webhook-secret=" + DeliveriesTest.SECRET,
            "stoa.inbox.at-once-millis=500",
            PatientPools.IMPATIENT,
        })
class DeliveriesTest {
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final int SENDERS = 8;

    private @LocalServerPort int port;

    @Test
    void whatWasAcknowledgedIsDoneOnceThoughTheDatabaseWentAwayTwice() throws Exception {
        var plan = new DeliveryPlan(42, 800);
        var acknowledged = ConcurrentHashMap.<String>newKeySet();
        var others = new ConcurrentLinkedQueue<Integer>();
        var done = new AtomicInteger();
        try (var database = superuser();
                var threads = Executors.newFixedThreadPool(SENDERS + 1)) {
            var outage =
                    threads.submit(() -> {
                        await().until(() -> done.get() >= 200);
                        away(database, Duration.ofMillis(800));
                        await().until(() -> done.get() >= 500);
                        // Longer than a call waits for a connection.
                        away(database, Duration.ofMillis(4_000));
                        return null;
                    });
            var calls = new ArrayList<Callable<Void>>();
            for (var sent : plan.deliveries()) {
                calls.add(() -> {
                    deliver(sent, others);
                    acknowledged.add(sent.id());
                    done.incrementAndGet();
                    return null;
                });
            }
            for (var call : threads.invokeAll(calls)) {
                call.get();
            }
            outage.get();
            var audit = new DeliveryAudit(database, plan);
            await().until(() -> audit.open() == 0);
            assertThat(audit.lost(acknowledged)).isEmpty();
            assertThat(audit.doubled()).isEmpty();
            assertThat(acknowledged).isEqualTo(plan.eventIds());
            assertThat(Set.copyOf(others)).isEqualTo(Set.of(503));
            // How many more depends on what else the machine does; the bench measures it.
            assertThat(audit.atOnce()).isPositive();
        }
    }

    private void deliver(DeliveryPlan.Sent sent, ConcurrentLinkedQueue<Integer> others)
            throws InterruptedException {
        var sender = new Sender(port, "clerk", SECRET);
        var answer = sender.send(sent.id(), sent.body());
        while (answer.statusCode() != 200) {
            others.add(answer.statusCode());
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            TimeUnit.MILLISECONDS.sleep(50);
            answer = sender.send(sent.id(), sent.body());
        }
    }

    private static Connection superuser() throws SQLException {
        var postgres = TestDatabase.postgres();
        return DriverManager.getConnection(
                postgres.url(), "postgres", postgres.secrets().superuser());
    }

    /** Nobody of the program is let in any more, and whoever is in is thrown out. */
    private static void away(Connection database, Duration time)
            throws SQLException, InterruptedException {
        try (var statement = database.createStatement()) {
            statement.execute("alter role stoa_service nologin");
            statement.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'stoa_service'");
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            statement.execute("alter role stoa_service login");
        }
    }
}
