package org.stoa.bench;

import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * {@code ./stoa bench [NAME …]}: prints what the program reaches beside what the reference reaches
 * in the same run, with the target.
 */
public final class Bench {
    private static final Set<String> NAMES =
            Set.of(
                    "durability",
                    "durability-jobs",
                    "empty-jobs",
                    "seed",
                    "start",
                    "course",
                    "lesson",
                    "dashboard",
                    "enroll",
                    "streams",
                    "rls",
                    "studio",
                    "isolation",
                    "durability-inbox",
                    "commerce",
                    "commerce-purchases",
                    "commerce-enroll",
                    "commerce-ledger");

    /** What needs no school of some size. */
    private static final Set<String> APART =
            Set.of(
                    "start",
                    "durability-inbox",
                    "durability-jobs",
                    "empty-jobs",
                    "commerce-purchases",
                    "commerce-enroll",
                    "commerce-ledger");

    private static final int WARM_UP = 6;
    private static final int ROUNDS = 5;
    private final List<String> lines = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        var wanted = arguments.length == 0 ? NAMES : Set.copyOf(Arrays.asList(arguments));
        if (!NAMES.containsAll(wanted)) {
            System.err.println(
                    "There are these: " + String.join(", ", NAMES.stream().sorted().toList()));
            System.exit(2);
        }
        // Schools are told apart by the Host header; the client reads this when it is loaded.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        System.exit(new Bench().run(wanted));
    }

    private int run(Set<String> named) throws Exception {
        var wanted = new HashSet<>(named);
        if (wanted.remove("durability")) {
            wanted.addAll(Set.of("durability-jobs", "durability-inbox", "empty-jobs"));
        }
        if (wanted.remove("commerce")) {
            wanted.addAll(Set.of("commerce-purchases", "commerce-enroll", "commerce-ledger"));
        }
        if (wanted.contains("durability-jobs")) {
            durability();
        }
        if (wanted.contains("empty-jobs")) {
            emptyJobs();
        }
        if (!APART.containsAll(wanted)) {
            try (var server = Server.start();
                    var database = Server.connect("postgres", "superuser")) {
                Seed.plant(database);
                measure(wanted, server, database);
            }
        }
        if (wanted.contains("durability-inbox")) {
            deliveries();
        }
        if (wanted.contains("commerce-purchases")) {
            purchases();
        }
        if (wanted.contains("commerce-enroll")) {
            var pairs = Commerce.settle();
            line("paid enrollments, popular / pgbench", pairs.getFirst(), 0.5);
            line("paid enrollments, spread / pgbench", pairs.getLast(), 0.5);
        }
        if (wanted.contains("commerce-ledger")) {
            exactly("sequences of orders that failed", Sequences.failed(), 0);
        }
        if (wanted.contains("start")) {
            start();
        }
        return end();
    }

    private int end() {
        System.out.println();
        System.out.printf("%-34s %14s %14s %8s %8s%n", "what", "ours", "beside", "ratio", "target");
        lines.forEach(System.out::println);
        return lines.stream().anyMatch(line -> line.contains("MISSED")) ? 1 : 0;
    }

    private void measure(Set<String> wanted, Server server, Connection database) throws Exception {
        if (wanted.contains("course")) {
            line("course page, compressed / nginx", Pages.course(), 0.6);
        }
        if (wanted.contains("lesson")) {
            line("lesson page, learner / pgbench", Pages.lesson(), 0.35);
        }
        if (wanted.contains("dashboard")) {
            line("dashboard, 12 courses / pgbench", Pages.dashboard(), 0.35);
        }
        if (wanted.contains("enroll")) {
            line("enroll, one popular / pgbench", Enrolling.measure(database, true), 0.5);
            line("enroll, spread / pgbench", Enrolling.measure(database, false), 0.5);
        }
        if (wanted.contains("rls")) {
            var pair = RowSecurity.measure();
            atMost("p95 with / without row security", pair.ours(), pair.beside(), 1.10, "µs");
        }
        if (wanted.contains("isolation")) {
            long foreign = Isolation.run(200_000);
            atMost("rows of another school seen", foreign, 0, 0, "of 200,000");
        }
        if (wanted.contains("studio")) {
            var studio = Studio.measure(database);
            atMost("500 lessons: open the studio", studio.open(), 0, 1_000, "ms");
            atMost("500 lessons: move one", studio.move(), 0, 100, "ms");
            atMost("500 lessons: keep a text", studio.write(), 0, 100, "ms");
            atMost("500 lessons: publish", studio.publish(), 0, 2_000, "ms");
            atMost("500 lessons: first reader", studio.firstReader(), 0, 100, "ms");
        }
        if (wanted.contains("streams")) {
            var streams = Streams.measure(server, 10_000);
            atMost("10,000 streams, KB each", streams.kilobytesEach(), 0, 40, "KB");
            atMost("event to its page, median", streams.medianMillis(), 0, 100, "ms");
        }
    }

    private void deliveries() throws Exception {
        var it = Deliveries.measure();
        System.out.println(it);
        atMost("webhooks acknowledged and lost", it.lost(), 0, 0, "");
        atMost("webhooks done twice", it.doubled(), 0, 0, "");
        atMost("forged webhooks taken", it.accepted(), 0, 0, "");
        atMost("webhook to its answer, p99", it.p99(), 0, 500, "ms");
        atMost("webhooks not done at once", 100 * (1 - it.atOnce()), 0, 20, "%");
    }

    private void purchases() throws Exception {
        var both = Commerce.run();
        var seat = both.seat();
        exactly("for one seat: charged", seat.charged(), Commerce.PEOPLE);
        exactly("for one seat: enrolled", seat.enrolled(), 1);
        exactly("for one seat: money back", seat.returned(), Commerce.PEOPLE - 1);
        exactly("for one seat: waiting", seat.waiting(), Commerce.PEOPLE - 1);
        exactly("for one seat: deadlocks", seat.deadlocks(), 0);
        var it = both.purchases();
        exactly("kills at their points", it.kills(), 20);
        exactly("outages of the database", it.outages(), Commerce.OUTAGES);
        exactly("paid and not in, or in and not paid", it.mismatches(), 0);
        exactly("charged twice", it.doubleCharges(), 0);
        exactly("enrolled twice", it.doubleEnrollments(), 0);
        exactly("books differ, in cents", it.ledger(), 0);
        exactly("deadlocks", it.deadlocks(), 0);
        within("all right after, events sent", it.secondsSent(), 60);
        within("all right after, not all sent", it.secondsAll(), 900);
    }

    private void exactly(String what, long ours, long target) {
        add(
                "%-34s %14s %14s %8s %8s  %s"
                        .formatted(
                                what,
                                "%,d".formatted(ours),
                                "",
                                "",
                                "= " + target,
                                ours == target ? "met" : "MISSED"));
    }

    /** Seconds; fewer than 0 for never. */
    private void within(String what, double ours, double target) {
        atMost(what, ours < 0 ? Double.POSITIVE_INFINITY : ours, 0, target, "s");
    }

    private void durability() throws Exception {
        var result = Durability.run(100_000);
        atMost("jobs lost", result.lost(), 0, 0, "of 100,000");
        atMost("effects written twice", result.doubled(), 0, 0, "");
        atMost("jobs dead", result.dead(), 0, 0, "");
        atMost(
                "orphans running again, slowest",
                result.slowestOrphanSeconds(),
                0,
                30,
                "s of " + result.orphans());
        atMost("lowest lane, longest wait", result.lowestLaneSeconds(), 0, 300, "s");
    }

    private void emptyJobs() throws Exception {
        var empty = new EmptyJobs(Durability.field());
        line("empty jobs / db-scheduler alone", empty.measure(), 0.7);
        var minutes = Duration.ofMinutes(Integer.getInteger("stoa.bench.pinned-minutes", 30));
        line(
                "the same, transaction of %d min".formatted(minutes.toMinutes()),
                empty.measurePinned(minutes),
                0.7);
    }

    private void start() throws Exception {
        var seconds = new ArrayList<Double>();
        for (int i = 0; i < 5; i++) {
            try (var server = Server.start()) {
                seconds.add(server.secondsToFirstPage());
            }
        }
        atMost("start to first page", median(seconds), 0, 4, "s");
    }

    /** Two figures of one run, taken in turn. */
    record Pair(double ours, double beside) {}

    /** Something that is measured in turn with another. */
    interface Figure {
        double take() throws Exception;
    }

    /**
     * A warm-up of each, ours the longer for its compiler to end, then A B A B A B A B A B, and the
     * medians.
     */
    static Pair inTurn(Figure ours, Figure beside) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            ours.take();
        }
        beside.take();
        var a = new ArrayList<Double>();
        var b = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            a.add(ours.take());
            b.add(beside.take());
        }
        return new Pair(median(a), median(b));
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private void line(String what, Pair pair, double target) {
        double ratio = pair.ours() / pair.beside();
        add(
                "%-34s %12.0f/s %12.0f/s %8.2f %8s  %s"
                        .formatted(
                                what,
                                pair.ours(),
                                pair.beside(),
                                ratio,
                                "≥ " + target,
                                ratio >= target ? "met" : "MISSED"));
    }

    private void atMost(String what, double ours, double beside, double target, String unit) {
        double held = beside == 0 ? ours : ours / beside;
        add(
                "%-34s %14s %14s %8s %8s  %s"
                        .formatted(
                                what,
                                "%.1f %s".formatted(ours, unit),
                                beside == 0 ? "" : "%.1f %s".formatted(beside, unit),
                                beside == 0 ? "" : "%.2f".formatted(held),
                                "≤ " + target,
                                held <= target ? "met" : "MISSED"));
    }

    private void add(String line) {
        System.out.println(line);
        lines.add(line);
    }
}
