package org.stoa.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;

/** Made data, the same at every run; what is there already is left as it is. */
final class Seed {
    static final int SCHOOLS = 100;
    static final int LEARNERS = 50_000;
    static final int LEARNERS_OF_SCHOOL = 500;
    static final int COURSES = 12;
    static final int LESSONS = 22;
    static final int POPULAR_LEARNERS = 60_000;

    private Seed() {}

    static void plant(Connection connection) throws SQLException, IOException {
        try (var script = Seed.class.getResourceAsStream("/bench/seed.sql");
                var statement = connection.createStatement()) {
            if (script == null) {
                throw new IOException("The seed is not on the class path");
            }
            long start = System.nanoTime();
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            try (var rows =
                    statement.executeQuery(
                            "select (select count(*) from enrollments), (select count(*) from lesson_progress)")) {
                rows.next();
                System.out.printf(
                        "Seeded: %,d enrollments, %,d progress rows (%.0f s)%n",
                        rows.getLong(1), rows.getLong(2), (System.nanoTime() - start) / 1e9);
            }
        }
    }

    static String school(int learner) {
        return "bench%03d".formatted(Math.min(learner / LEARNERS_OF_SCHOOL, SCHOOLS));
    }

    static String token(int learner) {
        return "bench" + learner;
    }
}
