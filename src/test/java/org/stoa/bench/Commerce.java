package org.stoa.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.stoa.launch.EmbeddedPostgres;

/** {@code ./stoa bench commerce}: a shop of two servers on its bad days. */
final class Commerce {
    private static final Path FOLDER = Path.of("target/shop").toAbsolutePath();
    private static final int KILLS = 20;
    static final int OUTAGES = 3;
    static final int PEOPLE = 200;
    static final Duration RECONCILE_EVERY = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofMinutes(16);

    private Commerce() {}

    static int purchases() {
        return Integer.getInteger("stoa.bench.purchases", 10_000);
    }

    /** What both parts say. */
    record Result(Purchases.Result purchases, LastSeat.Result seat) {}

    static Result run() throws Exception {
        long seed = Long.getLong("stoa.bench.seed", new Random().nextInt());
        System.out.println("purchases: -Dstoa.bench.seed=" + seed);
        try (var ground = new Alone();
                var field = new ShopField(ground, FOLDER, program(), RECONCILE_EVERY)) {
            ground.empty();
            field.startAll();
            var seat = LastSeat.run(field, PEOPLE);
            System.out.println(seat);
            var plan = new Purchases.Plan(purchases(), points(), OUTAGES, LIMIT, seed);
            var result = Purchases.run(field, plan);
            System.out.println(result);
            return new Result(result, seat);
        }
    }

    /** Enrollments by payment: one popular course, and spread. */
    static List<Bench.Pair> settle() throws Exception {
        try (var ground = new Alone()) {
            ground.empty();
            return Settling.measure(ground.postgres, FOLDER);
        }
    }

    /** Each point as often as the others, but for what is left of twenty. */
    private static List<String> points() {
        var points = new ArrayList<String>();
        var names = Purchases.points();
        while (points.size() < KILLS) {
            points.add(names.get(points.size() % names.size()));
        }
        return points;
    }

    private static List<String> program() {
        var app = Path.of("target/app");
        if (!Files.exists(app.resolve("stoa.jar"))) {
            return ShopField.unpackaged("-Xmx768m");
        }
        var program = new ArrayList<>(List.of("-Xmx768m"));
        if (Files.exists(app.resolve("stoa.aot"))) {
            program.add("-XX:AOTCache=" + app.resolve("stoa.aot"));
        }
        program.addAll(List.of("-jar", app.resolve("stoa.jar").toString()));
        return program;
    }

    /** A PostgreSQL of the benchmark's own. */
    private static final class Alone implements ShopField.Ground, AutoCloseable {
        private EmbeddedPostgres postgres =
                EmbeddedPostgres.attachOrStart(FOLDER.resolve("database"));
        private int outages;

        private void empty() throws Exception {
            var url = postgres.url().replaceAll("/stoa$", "/postgres");
            try (var connection =
                            java.sql.DriverManager.getConnection(url, "postgres", superuser());
                    var statement = connection.createStatement()) {
                statement.execute("drop database if exists stoa with (force)");
                statement.execute("create database stoa owner stoa_owner");
            }
        }

        @Override
        public Map<String, String> properties() {
            return Durability.properties(postgres);
        }

        @Override
        public String superuser() {
            return postgres.secrets().superuser();
        }

        /** In turn as when it is told to end, and as when its machine loses power. */
        @Override
        public void away(Duration time) throws Exception {
            if (outages++ % 2 == 0) {
                postgres.close();
            } else {
                var file = FOLDER.resolve("database/postgres/cluster/postmaster.pid");
                long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
                new ProcessBuilder("kill", "-QUIT", "" + pid).start().waitFor();
                while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            }
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
            postgres = EmbeddedPostgres.attachOrStart(FOLDER.resolve("database"));
        }

        @Override
        public void close() {
            postgres.close();
        }
    }
}
