package org.stoa.bench;

import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.stoa.bench.KillPoints.Point;
import org.stoa.commerce.Shop;
import org.stoa.stripe.StripeAccount;

/**
 * A bad day of a shop: events that come twice, mixed or never, servers that are killed at points
 * that are named, a database that goes away; and what its books say afterwards.
 */
public final class Purchases {
    private static final Duration REACHED = Duration.ofSeconds(90);
    private static final double NEVER_SENT = 0.05;
    private static final double SENT_TWICE = 0.1;

    /**
     * What came of it.
     *
     * @param secondsSent from when both servers were back until paid and enrolled were the same for
     *     all whose events were all sent; -1 for never
     * @param secondsAll the same for everybody
     * @param mismatches people for whom they differ at the end
     * @param ledger by how much the school's sums differ from Stripe's, in minor units
     * @param kills that came to the point that they were meant for
     */
    public record Result(
            int purchases,
            int charges,
            int neverSent,
            double secondsSent,
            double secondsAll,
            int mismatches,
            long doubleCharges,
            long doubleEnrollments,
            long ledger,
            long dead,
            long deadlocks,
            int kills,
            int outages) {}

    /** How bad it is to be. */
    public record Plan(
            int purchases, List<String> points, int outages, Duration limit, long seed) {}

    private final ShopField field;
    private final Plan plan;
    private final Shop shop;
    private final StripeAccount account;
    private final Shoppers shoppers;
    private final ShopBooks books;
    private final KillPoints points;
    private int kills;
    private int outages;

    private Purchases(ShopField field, Plan plan) throws Exception {
        this.field = field;
        this.plan = plan;
        this.shop = new Shop(field.port());
        var courses = List.of(shop.course("Knots", 4900), shop.course("Sails", 2900));
        this.account = account(field, shop);
        account.deliveries().seed(plan.seed());
        account.deliveries().forget(NEVER_SENT);
        account.deliveries().repeat(SENT_TWICE);
        account.deliveries().mix(Duration.ofMillis(800));
        ShopBooks.people(field, shop.host, plan.purchases());
        this.shoppers = new Shoppers(field, shop, account, courses, plan.seed());
        this.books = new ShopBooks(field, account, shop.host, shoppers.sessions());
        this.points = new KillPoints(field, account);
    }

    /** The points that a server can be killed at, each once, in the order of a purchase. */
    public static List<String> points() {
        var names = new ArrayList<String>();
        for (var point : Point.values()) {
            names.add(point.name());
        }
        return names;
    }

    /** The school is paid through the double from here on. */
    static StripeAccount account(ShopField field, Shop shop) {
        var mark = UUID.randomUUID().toString().replace("-", "");
        var account = field.stripe().account("sk_test_" + mark);
        var address = "http://" + shop.host + ".localhost:" + field.port() + "/api/webhooks/stripe";
        account.endpoint(URI.create(address), "whsec_" + mark);
        var body =
                Map.of(
                        "provider", "stripe",
                        "secretKey", "sk_test_" + mark,
                        "webhookSecret", "whsec_" + mark);
        var set = shop.call("PUT", "/api/v1/settings/payments", shop.owner, body);
        if (set.status() != 200) {
            throw new IllegalStateException(set.body());
        }
        return account;
    }

    /** The servers must run. */
    public static Result run(ShopField field, Plan plan) throws Exception {
        var purchases = new Purchases(field, plan);
        purchases.points.prepare();
        purchases.suffer();
        purchases.bothReady();
        return purchases.recover();
    }

    private void suffer() throws Exception {
        int trials = plan.points().size() + plan.outages();
        var order = new ArrayList<String>(plan.points());
        for (int i = 0; i < plan.outages(); i++) {
            int place = (i + 1) * trials / (plan.outages() + 1);
            order.add(Math.min(place, order.size()), "");
        }
        int first = 0;
        for (int i = 0; i < order.size(); i++) {
            int end = (int) ((long) plan.purchases() * (i + 1) / order.size());
            trial(order.get(i), first, end);
            first = end;
        }
    }

    private void trial(String point, int first, int end) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var buying = new ArrayList<Future<?>>();
            Runnable traffic =
                    () ->
                            buying.add(
                                    threads.submit(() -> {
                                        shoppers.buy(first, end);
                                        return null;
                                    }));
            if (point.isEmpty()) {
                traffic.run();
                while (shoppers.done() < first + (end - first) / 3) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                field.ground().away(Duration.ofMillis(2_000 + new Random(first).nextInt(2_000)));
                outages++;
            } else if (points.strike(Point.valueOf(point), traffic, REACHED)) {
                kills++;
            }
            for (var one : buying) {
                one.get();
            }
        }
        while (!field.ready(0) && !field.ready(1)) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        System.out.printf(
                "%,6d bought; %s%n",
                end,
                point.isEmpty() ? "the database was away" : "killed " + Point.valueOf(point).said);
    }

    private void bothReady() throws Exception {
        field.awaitReady(0);
        field.awaitReady(1);
    }

    private Result recover() throws Exception {
        long begun = System.nanoTime();
        double sent = -1;
        double all = -1;
        Set<Integer> differing;
        do {
            var silenced = books.silenced();
            differing = books.mismatches();
            double now = (System.nanoTime() - begun) / 1e9;
            boolean sentWell = silenced.containsAll(differing);
            sent = !sentWell ? -1 : sent < 0 ? now : sent;
            boolean well = differing.isEmpty() && books.sums().difference() == 0;
            all = !well ? -1 : now;
            if (!well) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } while (all < 0 && System.nanoTime() - begun < plan.limit().toNanos());
        // What still comes, twice or late, must change nothing of it.
        account.deliveries().await(Duration.ofMinutes(2));
        return result(sent, all);
    }

    private Result result(double sent, double all) throws SQLException {
        var differing = books.mismatches();
        var silenced = books.silenced();
        differing.stream()
                .limit(20)
                .forEach(it ->
                        System.out.println(
                                "differs: "
                                        + "shopper "
                                        + it
                                        + (silenced.contains(it) ? ", not all sent" : "")));
        field.stripe().broken().forEach(it -> it.printStackTrace(System.out));
        return new Result(
                plan.purchases(),
                account.ledger().payments().size(),
                account.deliveries().forgotten().size(),
                sent,
                all,
                differing.size() + field.stripe().broken().size(),
                books.doubleCharges(),
                books.doubleEnrollments(),
                books.sums().difference(),
                books.dead(),
                books.deadlocks(),
                kills,
                outages);
    }
}
