package org.stoa.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How many empty jobs a second one process does: ours, and db-scheduler alone with as many threads
 * and connections, on its own table as its documentation has it, taking as many at once as it
 * likes.
 */
final class EmptyJobs {
    /** A round; the first tenth of each warms the compilers of both. */
    private static final int JOBS = 100_000;

    /** Beside an old transaction a round of the other takes minutes. */
    private static final int JOBS_PINNED = 30_000;

    private static final int ROUNDS = 3;
    private static final int THREADS = 16;
    private static final int CONNECTIONS = 12;
    private static final String TABLE =
            """
            create table bench.scheduled_tasks (
              task_name text not null, task_instance text not null, task_data bytea,
              execution_time timestamptz not null, picked boolean not null, picked_by text,
              last_success timestamptz, last_failure timestamptz, consecutive_failures int,
              last_heartbeat timestamptz, version bigint not null, priority smallint, state text,
              primary key (task_name, task_instance));
            create index on bench.scheduled_tasks (execution_time);
            create index on bench.scheduled_tasks (last_heartbeat);
            create index on bench.scheduled_tasks (priority desc, execution_time asc);
            """;

    private final JobField field;
    private int jobs = JOBS;

    EmptyJobs(JobField field) {
        this.field = field;
    }

    Bench.Pair measure() throws Exception {
        jobs = JOBS;
        return rounds(Duration.ZERO);
    }

    /**
     * Beside a transaction that began before all of them and sees what was then.
     *
     * @param age how old it is at the end, at least
     */
    Bench.Pair measurePinned(Duration age) throws Exception {
        jobs = JOBS_PINNED;
        try (var old = field.connect()) {
            pin(old);
            return rounds(age);
        }
    }

    private Bench.Pair rounds(Duration longest) throws Exception {
        field.prepare();
        field.sql("drop table if exists bench.scheduled_tasks");
        field.sql(TABLE);
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        long begun = System.nanoTime();
        for (int i = 0; i <= ROUNDS || System.nanoTime() - begun < longest.toNanos(); i++) {
            double a = ours();
            double b = theirs();
            double minutes = (System.nanoTime() - begun) / 60e9;
            System.out.printf("  round %d, at %.1f min: %.0f/s beside %.0f/s%n", i, minutes, a, b);
            // The first round warms the database; each has processes of its own.
            if (i > 0) {
                ours.add(a);
                theirs.add(b);
            }
        }
        return new Bench.Pair(lastOf(ours), lastOf(theirs));
    }

    /** The transaction was oldest then. */
    private static double lastOf(List<Double> figures) {
        return Bench.median(figures.subList(figures.size() - ROUNDS, figures.size()));
    }

    private static void pin(Connection old) throws Exception {
        old.setAutoCommit(false);
        old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (var statement = old.createStatement()) {
            statement.execute("select txid_current()");
        }
    }

    private double ours() throws Exception {
        field.handIn("bench-empty-critical", 30, 0, jobs / 3, 0);
        field.handIn("bench-empty-default", 20, 0, jobs / 3, 0);
        field.handIn("bench-empty-bulk", 10, 0, jobs / 3, 0);
        field.sql("analyze scheduled_tasks");
        var worker = field.start();
        try {
            return rate("select count(*) from scheduled_tasks");
        } finally {
            worker.destroy();
            worker.waitFor(30, TimeUnit.SECONDS);
        }
    }

    private double theirs() throws Exception {
        field.sql(
                """
                insert into bench.scheduled_tasks (task_name, task_instance, task_data,
                                                   execution_time, picked, version, priority)
                select 'empty', uuidv7()::text, '\\x7b7d',
                       now() - (%d - n) * interval '1 millisecond', false, 1, 10
                  from generate_series(1, %d) n
                """
                        .formatted(jobs, jobs));
        field.sql("analyze bench.scheduled_tasks");
        var worker = field.startAlone();
        try {
            return rate("select count(*) from bench.scheduled_tasks");
        } finally {
            worker.destroyForcibly().waitFor();
        }
    }

    /** Over the middle of the run: without the start of the process and its last stragglers. */
    private double rate(String left) throws Exception {
        double first = 0.9 * jobs;
        double last = 0.05 * jobs;
        long from = 0;
        double atFirst = 0;
        try (var connection = field.connect();
                var statement = connection.createStatement()) {
            while (true) {
                double now;
                long asked = System.nanoTime();
                try (var rows = statement.executeQuery(left)) {
                    rows.next();
                    now = rows.getDouble(1);
                }
                if (from == 0 && now < first) {
                    from = System.nanoTime();
                    atFirst = now;
                }
                if (now <= last) {
                    return (atFirst - now) / ((System.nanoTime() - from) / 1e9);
                }
                // Counting takes a part of the machine: a small one, also where it takes long.
                TimeUnit.NANOSECONDS.sleep(Math.max(50_000_000, 19 * (System.nanoTime() - asked)));
            }
        }
    }

    /** db-scheduler with nothing around it. */
    static final class Alone {
        private Alone() {}

        public static void main(String[] arguments) throws Exception {
            var pool = new HikariDataSource();
            pool.setJdbcUrl(arguments[0]);
            pool.setUsername("postgres");
            pool.setPassword(System.getenv("STOA_BENCH_PASSWORD"));
            pool.setMaximumPoolSize(CONNECTIONS);
            pool.addDataSourceProperty("prepareThreshold", 2);
            var task = Tasks.oneTime("empty", byte[].class).execute((instance, context) -> {});
            var scheduler =
                    Scheduler.create(pool, List.of(task))
                            .threads(THREADS)
                            .tableName("bench.scheduled_tasks")
                            .pollUsingLockAndFetch(1.0, 4.0)
                            .pollingInterval(Duration.ofMillis(250))
                            .enablePriority()
                            .serializer(new Raw())
                            .build();
            scheduler.start();
            Thread.currentThread().join();
        }
    }

    private static final class Raw implements Serializer {
        @Override
        public byte[] serialize(Object data) {
            return (byte[]) data;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return type.cast(data);
        }
    }
}
