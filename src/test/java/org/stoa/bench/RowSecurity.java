package org.stoa.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What row-level security costs: the lesson page's statement with it, and with a filter instead.
 */
final class RowSecurity {
    private static final int ROUNDS = 20_000;
    private static final String BIND =
            "select set_config('stoa.organization', ?, true), set_config('stoa.person', ?, true),"
                    + " set_config('stoa.role', 'student', true)";

    private RowSecurity() {}

    /** p95 in microseconds, row by row in turn on two connections. */
    static Bench.Pair measure() throws Exception {
        var bound = new ArrayList<Double>();
        var named = new ArrayList<Double>();
        var random = RandomGenerator.of("L64X128MixRandom");
        try (var app = Server.connect("stoa_app", "app");
                var service = Server.connect("stoa_service", "service")) {
            app.setAutoCommit(false);
            service.setAutoCommit(false);
            for (int i = 0; i < ROUNDS; i++) {
                int learner = random.nextInt(Seed.LEARNERS);
                // Whoever comes second finds the rows in the processor's caches.
                double second = i % 2 == 0 ? 0 : time(service, true, learner);
                double a = time(app, false, learner);
                double b = i % 2 == 0 ? time(service, true, learner) : second;
                if (i > ROUNDS / 10) {
                    bound.add(a);
                    named.add(b);
                }
            }
        }
        return new Bench.Pair(p95(bound), p95(named));
    }

    private static double time(Connection connection, boolean named, int learner)
            throws SQLException {
        var organization = id(1, learner / Seed.LEARNERS_OF_SCHOOL);
        var person = id(2, learner);
        try (var bind = connection.prepareStatement(BIND);
                var statement = connection.prepareStatement(Sql.lesson(named))) {
            bind.setString(1, organization);
            bind.setString(2, person);
            bind.execute();
            statement.setString(1, person);
            if (named) {
                statement.setString(2, organization);
            }
            statement.setString(named ? 3 : 2, "course-" + learner % Seed.COURSES);
            long start = System.nanoTime();
            try (var rows = statement.executeQuery()) {
                if (!rows.next() || rows.getArray("lessons") == null) {
                    throw new IllegalStateException("Learner " + learner + " was not found");
                }
            }
            long took = System.nanoTime() - start;
            connection.commit();
            return took / 1e3;
        }
    }

    private static String id(int kind, long number) {
        return "00000000-0000-7000-8%03x-%012x".formatted(kind, number);
    }

    private static double p95(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() * 95 / 100);
    }
}
