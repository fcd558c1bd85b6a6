package org.stoa.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.stoa.launch.EmbeddedPostgres;

/**
 * The jobs' part of {@code ./stoa bench durability}: 100,000 jobs in three lanes on three
 * processes, one of which is killed every five seconds; the database breaks down three times; one
 * worker stands still for a minute.
 */
final class Durability {
    private static final Path DATA = Path.of("target/durability").toAbsolutePath();
    private static final int WORKERS = 3;
    private static final Duration LONGEST = Duration.ofMinutes(45);

    private final Random random = new Random(42);
    private final JobField field;
    private final Process[] workers = new Process[WORKERS];
    private EmbeddedPostgres postgres;

    private Durability(EmbeddedPostgres postgres, JobField field) {
        this.postgres = postgres;
        this.field = field;
    }

    static JobField field() throws Exception {
        var postgres = EmbeddedPostgres.attachOrStart(DATA);
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::close));
        var field = new JobField(properties(postgres), postgres.secrets().superuser(), DATA);
        migrate(field);
        return field;
    }

    static Map<String, String> properties(EmbeddedPostgres postgres) {
        var secrets = postgres.secrets();
        return Map.of(
                "stoa.database.url", postgres.url(),
                "stoa.database.owner.username", "stoa_owner",
                "stoa.database.owner.password", secrets.owner(),
                "stoa.database.app.username", "stoa_app",
                "stoa.database.app.password", secrets.app(),
                "stoa.database.service.username", "stoa_service",
                "stoa.database.service.password", secrets.service());
    }

    /**
     * @param jobs how many, nine of ten in the two upper lanes
     */
    static JobField.Result run(int jobs) throws Exception {
        var postgres = EmbeddedPostgres.attachOrStart(DATA);
        // A worker lives for some seconds here: its compiler has no time for the second tier.
        var field =
                new JobField(
                        properties(postgres),
                        postgres.secrets().superuser(),
                        DATA,
                        "-XX:TieredStopAtLevel=1");
        var durability = new Durability(postgres, field);
        try {
            return durability.measure(jobs);
        } finally {
            field.stopAll();
            durability.postgres.close();
        }
    }

    private JobField.Result measure(int jobs) throws Exception {
        migrate(field);
        field.prepare();
        int tenth = jobs / 10;
        field.handIn("bench-once-critical", 30, 0, 3 * tenth, 50);
        field.handIn("bench-calls-critical", 30, 3 * tenth, 3 * tenth, 50);
        field.handIn("bench-once-default", 20, 6 * tenth, 2 * tenth, 50);
        field.handIn("bench-calls-default", 20, 8 * tenth, tenth, 50);
        field.handIn("bench-once-bulk", 10, 9 * tenth, tenth, 50);
        for (int i = 0; i < WORKERS; i++) {
            workers[i] = field.start();
        }
        long begun = System.nanoTime();
        int kills = 0;
        int restarts = 0;
        boolean stopped = false;
        long stoppedAt = 0;
        while (left() > 0 && System.nanoTime() - begun < LONGEST.toNanos()) {
            TimeUnit.SECONDS.sleep(5);
            long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            if (!stopped && second > 40) {
                stopped = true;
                stoppedAt = System.nanoTime();
                JobField.signal(workers[0], "STOP");
            }
            if (stoppedAt != 0 && System.nanoTime() - stoppedAt > 60_000_000_000L) {
                JobField.signal(workers[0], "CONT");
                stoppedAt = 0;
            }
            if (restarts < 3 && second > 60L * (restarts + 1) - 30) {
                restarts++;
                breakDown();
            }
            // The one that stands still is not ended by anybody, nor one that has not begun.
            int victim = random.nextInt(WORKERS);
            boolean still = victim == 0 && stoppedAt != 0;
            if (!still && field.works(workers[victim])) {
                field.kill(workers[victim]);
                workers[victim] = field.start();
                kills++;
            } else if (!workers[victim].isAlive()) {
                // It could not start while the database was away.
                workers[victim] = field.start();
            }
            System.out.printf(
                    "%4d s: %d left, %d kills, %d restarts of the database%s%n",
                    second, left(), kills, restarts, stoppedAt == 0 ? "" : ", one stands still");
        }
        return field.result(jobs);
    }

    private int left() throws Exception {
        for (int tries = 0; ; tries++) {
            try {
                return (int) field.number("select count(*) from scheduled_tasks");
            } catch (java.sql.SQLException away) {
                if (tries == 60) {
                    throw away;
                }
                TimeUnit.MILLISECONDS.sleep(500);
            }
        }
    }

    /** As when its machine loses power: nothing is written down before. */
    private void breakDown() throws Exception {
        var file = DATA.resolve("postgres/cluster/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        new ProcessBuilder("kill", "-QUIT", "" + pid).start().waitFor();
        while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.SECONDS.sleep(2);
        postgres = EmbeddedPostgres.attachOrStart(DATA);
    }

    /** The first worker migrates; afterwards there is a table to prepare. */
    private static void migrate(JobField field) throws Exception {
        var first = field.start("--stoa.jobs.enabled=false");
        while (first.isAlive() && !field.works(first)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        if (!first.isAlive()) {
            throw new IllegalStateException("The database was not migrated; see " + DATA);
        }
        first.destroy();
        first.waitFor();
    }
}
