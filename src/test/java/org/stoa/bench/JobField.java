package org.stoa.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A database with jobs in it, and processes that work on them and can be killed. */
public final class JobField {
    private static final UUID SCHOOL = new UUID(7, 7);
    private final Map<String, String> database;
    private final String url;
    private final String superuser;
    private final Path logs;
    private final List<String> machine;
    private final List<Process> workers = new ArrayList<>();
    private final Map<Process, Path> written = new HashMap<>();
    private int started;

    /**
     * @param database the program's settings of the database
     * @param superuser the password of PostgreSQL's own administrator
     * @param machine options of the Java machine
     */
    public JobField(Map<String, String> database, String superuser, Path logs, String... machine)
            throws IOException {
        this.machine = List.of(machine);
        this.database = database;
        this.url = String.valueOf(database.get("stoa.database.url"));
        this.superuser = superuser;
        this.logs = logs;
        Files.createDirectories(logs);
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "postgres", superuser);
    }

    /** A school, and a table that no rule keeps from taking the same effect twice. */
    public void prepare() throws SQLException {
        sql("create schema if not exists bench");
        sql("create table if not exists bench.effects (number int, lane int, at timestamptz)");
        sql("create table if not exists bench.kills (pid bigint, at timestamptz)");
        sql("truncate bench.effects, bench.kills, scheduled_tasks, finished_jobs, job_attempts");
        sql("grant usage on schema bench to stoa_app, stoa_service");
        sql("grant insert, select on bench.effects to stoa_app, stoa_service");
        sql(
                "insert into organizations (id, subdomain, name, created_at) values ('"
                        + SCHOOL
                        + "', 'job-field', 'Field', now()) on conflict do nothing");
    }

    /** Hands in jobs, numbered on from the given one, as rows that {@code Jobs} would write. */
    public void handIn(String kind, int lane, int first, int many, int millis) throws SQLException {
        sql(
                """
                insert into scheduled_tasks (task_name, task_instance, task_data, execution_time,
                                             picked, version, priority, at_organization)
                select '%s', uuidv7()::text,
                       convert_to(jsonb_build_object('organization', '%s', 'payload',
                           jsonb_build_object('number', n, 'millis', (random() * 2 * %d)::int))::text,
                           'UTF8'),
                       now() - (%d - n) * interval '1 millisecond', false, 1, %d, '%s'
                  from generate_series(%d, %d) n
                """
                        .formatted(
                                kind,
                                SCHOOL,
                                millis,
                                first + many,
                                lane,
                                SCHOOL,
                                first,
                                first + many - 1));
    }

    public Process start(String... settings) throws IOException {
        var arguments = new ArrayList<String>();
        arguments.add("--logging.level.root=warn");
        arguments.add("--logging.level.org.stoa.jobs=info");
        arguments.addAll(List.of(settings));
        return process("org.stoa.bench.JobWorker", arguments);
    }

    /** db-scheduler with nothing around it. */
    Process startAlone() throws IOException {
        return process("org.stoa.bench.EmptyJobs$Alone", List.of(url));
    }

    private Process process(String program, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(
                System.getProperty(
                        "stoa.bench.java",
                        Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(machine);
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+UseCompactObjectHeaders",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment()
                .put(
                        "STOA_BENCH_DATABASE",
                        database.entrySet().stream()
                                .map(one -> one.getKey() + "=" + one.getValue())
                                .collect(Collectors.joining("\n")));
        builder.environment().put("STOA_BENCH_PASSWORD", superuser);
        var log = new File(logs.toFile(), "worker-" + ++started + ".log");
        var process = builder.redirectOutput(log).start();
        workers.add(process);
        written.put(process, log.toPath());
        return process;
    }

    /** As {@code kill -9}; the moment is written down. */
    public void kill(Process worker) throws Exception {
        sql("insert into bench.kills values (" + worker.pid() + ", clock_timestamp())");
        worker.destroyForcibly().waitFor();
    }

    /** Whether it has started and works by now. */
    boolean works(Process worker) throws IOException {
        var log = written.get(worker);
        return log != null && worker.isAlive() && Files.readString(log).contains("\nworking\n");
    }

    /** {@code STOP} or {@code CONT}. */
    public static void signal(Process worker, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, "" + worker.pid()).start().waitFor();
    }

    public void sql(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public double number(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getDouble(1);
        }
    }

    /** What a test or a benchmark holds a run to. */
    public record Result(
            int handedIn,
            int lost,
            int doubled,
            int dead,
            double slowestOrphanSeconds,
            int orphans,
            double lowestLaneSeconds) {}

    public Result result(int handedIn) throws SQLException {
        return new Result(
                handedIn,
                handedIn - (int) number("select count(distinct number) from bench.effects"),
                (int) number("select count(*) - count(distinct number) from bench.effects"),
                (int) number("select count(*) from finished_jobs where state = 'dead'"),
                number("select coalesce(max(again), 0) from (" + ORPHANS + ") o"),
                (int) number("select count(*) from (" + ORPHANS + ") o"),
                number(
                        """
                        select coalesce(extract(epoch from max(f.started_at - f.enqueued_at)), 0)
                          from finished_jobs f where lane = 10 and attempts = 1
                        """));
    }

    /** From the kill of a process until each of its jobs runs again, in seconds. */
    private static final String ORPHANS =
            """
            select extract(epoch from least(
                       (select min(b.started_at) from job_attempts b
                         where b.job_id = a.job_id and b.started_at > a.ended_at),
                       (select f.started_at from finished_jobs f
                         where f.id = a.job_id and f.started_at > a.ended_at)) - k.at) as again
              from job_attempts a
              join bench.kills k on k.pid = substring(a.made_by from '-(\\d+)-[0-9a-f]{6}$')::bigint
             where a.outcome = 'lost'
            """;

    public void stopAll() throws InterruptedException {
        for (var worker : workers) {
            worker.destroyForcibly();
        }
        for (var worker : workers) {
            worker.waitFor(10, TimeUnit.SECONDS);
        }
        workers.clear();
    }
}
