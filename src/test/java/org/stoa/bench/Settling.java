package org.stoa.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.stoa.Stoa;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.PaymentProvider;
import org.stoa.commerce.Settlements;
import org.stoa.commerce.Shop;
import org.stoa.launch.EmbeddedPostgres;
import org.stoa.shared.Money;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;

/**
 * Paid orders settled a second, in this process, beside pgbench running the same statements: those
 * that the database saw of one settlement.
 */
final class Settling {
    private static final int COURSES = 12;
    private static final int THREADS = 16;
    private static final int EACH = 100;
    private static final int ORDERS = 4_000;
    private static final Money PRICE = new Money(4900, "EUR");

    private final EmbeddedPostgres postgres;
    private final Connection database;
    private final Path log;
    private final Settlements settlements;
    private final Organization school;
    private final List<String> courses = new ArrayList<>();
    private final List<String> offers = new ArrayList<>();

    private Settling(
            EmbeddedPostgres postgres,
            Connection database,
            Path log,
            ConfigurableApplicationContext program,
            int port)
            throws SQLException {
        this.postgres = postgres;
        this.database = database;
        this.log = log;
        this.settlements = program.getBean(Settlements.class);
        var shop = new Shop(port);
        for (int i = 0; i < COURSES; i++) {
            shop.course("Course " + i, PRICE.amount());
        }
        this.school = program.getBean(Organizations.class).bySubdomain(shop.host).orElseThrow();
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                "select course_id, id from offers where organization_id = '"
                                        + school.id()
                                        + "' order by title")) {
            while (rows.next()) {
                courses.add(rows.getString(1));
                offers.add(rows.getString(2));
            }
        }
        people();
    }

    /** Two pairs: one popular course, and spread over twelve. */
    static List<Bench.Pair> measure(EmbeddedPostgres postgres, Path folder) throws Exception {
        var arguments = new ArrayList<String>();
        Durability.properties(postgres)
                .forEach((key, value) -> arguments.add("--" + key + "=" + value));
        arguments.addAll(
                List.of(
                        "--server.port=0",
                        "--management.server.port=0",
                        "--stoa.jobs.enabled=false",
                        "--stoa.data=" + folder.resolve("settling"),
                        "--logging.level.org.stoa=warn"));
        try (var program = SpringApplication.run(Stoa.class, arguments.toArray(String[]::new));
                var database =
                        java.sql.DriverManager.getConnection(
                                postgres.url(), "postgres", postgres.secrets().superuser())) {
            var port = program.getEnvironment().getRequiredProperty("local.server.port");
            var log = folder.resolve("database/postgres/log");
            var it = new Settling(postgres, database, log, program, Integer.parseInt(port));
            return List.of(it.measure(true), it.measure(false));
        }
    }

    private void people() throws SQLException {
        sql("create schema if not exists bench");
        sql("grant usage on schema bench to stoa_app");
        sql(
                """
                create or replace function bench.id(kind int, n bigint) returns uuid language sql immutable as
                $$ select ('00000000-0000-7000-8' || lpad(to_hex(kind), 3, '0') || '-' || lpad(to_hex(n), 12, '0'))::uuid $$
                """);
        sql(
                """
                insert into users (id, name, email, created_at)
                select bench.id(2, n), 'Payer ' || n, 'payer-' || n || '@example.org', now()
                  from generate_series(0, %d) n
                """
                        .formatted(ORDERS));
        sql(
                """
                insert into organization_memberships (organization_id, user_id, role, created_at)
                select '%s', bench.id(2, n), 'student', now() from generate_series(0, %d) n
                """
                        .formatted(school.id(), ORDERS));
    }

    private void sql(String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private Bench.Pair measure(boolean popular) throws Exception {
        anew(popular);
        var script = script(popular);
        return Bench.inTurn(
                () -> {
                    anew(popular);
                    return settle();
                },
                () -> {
                    anew(popular);
                    double rate =
                            Load.pgbenchAt(
                                    Server.portOf(postgres.url()),
                                    postgres.secrets().app(),
                                    script,
                                    "-t",
                                    "" + EACH,
                                    "-D",
                                    "i=0");
                    requireOneEach();
                    return rate;
                });
    }

    /** Every order is to be paid again, and nobody is in. */
    private void anew(boolean popular) throws SQLException {
        var of = "organization_id = '" + school.id() + "'";
        for (var table :
                List.of(
                        "payments",
                        "order_events",
                        "order_courses",
                        "access_grants",
                        "enrollments")) {
            sql("delete from " + table + " where " + of);
        }
        sql("delete from orders where " + of);
        sql("delete from scheduled_tasks");
        sql(
                """
                insert into orders (organization_id, id, code, user_id, offer_id, title, kind, buys, status,
                                    amount, currency, provider, created_at, changed_at)
                select '%s', bench.id(20, n), 'A' || lpad(n::text, 7, '0'), bench.id(2, n), %s, 'Course',
                       'once', 'own', 'pending', 4900, 'EUR', 'test', now(), now()
                  from generate_series(0, %d) n
                """
                        .formatted(school.id(), one(offers, popular, "n") + "::uuid", ORDERS));
        sql(
                """
                insert into order_courses (organization_id, order_id, course_id)
                select '%s', bench.id(20, n), %s from generate_series(0, %d) n
                """
                        .formatted(school.id(), one(courses, popular, "n") + "::uuid", ORDERS));
        sql(
                "vacuum analyze orders, order_courses, order_events, payments, enrollments,"
                        + " access_grants, scheduled_tasks");
    }

    private static String one(List<String> ids, boolean popular, String n) {
        return popular
                ? "'" + ids.getFirst() + "'"
                : "('{" + String.join(",", ids) + "}'::text[])[1 + " + n + " % " + COURSES + "]";
    }

    /** Settles some orders on some threads; how many a second. */
    private double settle() throws Exception {
        var next = new AtomicInteger();
        long begun = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var all = new ArrayList<Future<?>>();
            for (int i = 0; i < THREADS; i++) {
                all.add(
                        threads.submit(() -> {
                            for (int j = 0; j < EACH; j++) {
                                settle(1 + next.getAndIncrement());
                            }
                        }));
            }
            for (var one : all) {
                one.get();
            }
        }
        double rate = THREADS * EACH / ((System.nanoTime() - begun) / 1e9);
        requireOneEach();
        return rate;
    }

    private void settle(int n) {
        var order = UUID.fromString("00000000-0000-7000-8014-%012x".formatted(n));
        var paid = new PaymentProvider.State.Paid(PRICE, "paid-" + n, Instant.now());
        Caller.office(school)
                .run(() -> {
                    if (settlements.stands(order, paid) != OrderStatus.PAID) {
                        throw new IllegalStateException("Order " + n + " is not settled");
                    }
                });
    }

    private void requireOneEach() throws SQLException {
        try (var statement = database.createStatement();
                var rows =
                        statement.executeQuery(
                                "select count(*) from enrollments where organization_id = '"
                                        + school.id()
                                        + "'")) {
            rows.next();
            if (rows.getLong(1) != (long) THREADS * EACH) {
                throw new IllegalStateException(rows.getLong(1) + " places");
            }
        }
    }

    /** One settlement as the database saw it, of the order with this transaction's number. */
    private String script(boolean popular) throws Exception {
        // Orders are numbered from 1, so that number 0 is for what is recorded.
        settle(ORDERS);
        anew(popular);
        var known = new HashMap<String, String>();
        known.put("00000000-0000-7000-8014-000000000000", "bench.id(20, :n)");
        known.put("00000000-0000-7000-8002-000000000000", "bench.id(2, :n)");
        known.put("paid-0", "'paid-' || (:n)::text");
        known.put(courses.getFirst(), one(courses, popular, ":n"));
        known.put(offers.getFirst(), one(offers, popular, ":n"));
        known.put(school.id().toString(), "'" + school.id() + "'");
        var recorded =
                new Recorded(Map.copyOf(known))
                        .script(
                                database,
                                log,
                                () -> {
                                    settle(0);
                                    return 0;
                                },
                                "insert into payments");
        return "\\set i :i + 1\n\\set n :client_id * " + EACH + " + :i\n" + recorded;
    }
}
