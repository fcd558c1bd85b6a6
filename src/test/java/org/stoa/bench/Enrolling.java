package org.stoa.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;

/** Enrollments a second in the large school, beside pgbench running the transaction's own SQL. */
final class Enrolling {
    private static final int SECONDS = 5;
    private static final int FIRST = 50_000;

    private Enrolling() {}

    static Bench.Pair measure(Connection database, boolean popular) throws Exception {
        var requests = new ArrayList<Load.Request>();
        // The upper half of the school's learners is ours, the lower half pgbench's.
        for (int i = 30_000; i < Seed.POPULAR_LEARNERS; i++) {
            int course = popular ? 0 : i % Seed.COURSES;
            requests.add(
                    new Load.Request(
                            "POST",
                            "bench100.localhost:" + Server.PORT,
                            "/api/v1/courses/course-" + course + "/enrollments",
                            "",
                            Seed.token(FIRST + i)));
        }
        return Bench.inTurn(
                () -> {
                    forget(database);
                    double rate =
                            Load.wrk(
                                    "http://127.0.0.1:" + Server.PORT,
                                    requests,
                                    201,
                                    "active",
                                    false,
                                    SECONDS);
                    requireOneEach(database, rate);
                    return rate;
                },
                () -> {
                    forget(database);
                    return Load.pgbench(
                            Sql.enroll(popular ? "0" : ":n % 12"), 0, "-t", "1500", "-D", "i=0");
                });
    }

    /** As many places as answers, but for the few that were under way at the end. */
    private static void requireOneEach(Connection database, double rate) throws SQLException {
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from enrollments where organization_id = bench_id(1, 100)")) {
            rows.next();
            long places = rows.getLong(1);
            if (Math.abs(places - rate * SECONDS) > 64 + rate) {
                throw new IllegalStateException(
                        places + " places after " + rate * SECONDS + " answers");
            }
        }
    }

    private static void forget(Connection database) throws SQLException, InterruptedException {
        // What was under way when the load ended still comes in.
        TimeUnit.SECONDS.sleep(1);
        try (var statement = database.createStatement()) {
            statement.execute("delete from access_grants where organization_id = bench_id(1, 100)");
            statement.execute("delete from enrollments where organization_id = bench_id(1, 100)");
            statement.execute("delete from scheduled_tasks");
            statement.execute("vacuum analyze enrollments, access_grants, scheduled_tasks");
        }
    }
}
