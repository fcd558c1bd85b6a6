package org.stoa.bench;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.stoa.stripe.StripeAccount;
import org.stoa.stripe.Watch;

/**
 * Ends a server just where it is meant to. Those that have to do with Stripe are seen by its
 * double; those in a transaction by a trigger that this benchmark's database has: it waits for a
 * lock that is held here, so that the server stands still until it is killed.
 */
final class KillPoints implements Watch {
    private static final String SETTLEMENT = "7101";
    private static final String COMPLETION = "7102";

    /** Where a server is killed. */
    enum Point {
        BEFORE_CHECKOUT("before Stripe is asked for a checkout"),
        AFTER_CHECKOUT("after Stripe made the checkout, before it is kept"),
        IN_SETTLEMENT("in the settlement, before it commits"),
        AFTER_SETTLEMENT("after the settlement, before its event is completed"),
        IN_REFUND("after Stripe gave money back, before that is kept"),
        IN_RECONCILIATION("in a round of reconciliation"),
        ANYWHERE("at a random moment");

        final String said;

        Point(String said) {
            this.said = said;
        }
    }

    private final ShopField field;
    private final AtomicReference<@Nullable Point> armed = new AtomicReference<>();
    private volatile CountDownLatch hit = new CountDownLatch(1);

    KillPoints(ShopField field, StripeAccount account) {
        this.field = field;
        account.watch(this);
    }

    /** The triggers, which wait for nothing unless somebody holds the lock. */
    void prepare() throws SQLException {
        try (var connection = field.connect();
                var statement = connection.createStatement()) {
            statement.execute("create schema if not exists bench");
            statement.execute("grant usage on schema bench to stoa_app, stoa_service");
            statement.execute(
                    """
                    create or replace function bench.stand_still() returns trigger
                    language plpgsql as $$
                    begin
                        perform pg_advisory_xact_lock_shared(tg_argv[0]::bigint);
                        return null;
                    end $$
                    """);
            statement.execute(
                    """
                    create or replace trigger bench_settlement after insert on order_events
                    for each row when (new.what = 'paid') execute function bench.stand_still(%s)
                    """
                            .formatted(SETTLEMENT));
            statement.execute(
                    """
                    create or replace trigger bench_completion after update on webhook_events
                    for each row when (new.status = 'completed' and old.status <> 'completed')
                    execute function bench.stand_still(%s)
                    """
                            .formatted(COMPLETION));
        }
    }

    /**
     * Kills the next server that comes to this point.
     *
     * @param traffic begun once the point is watched; it brings somebody there
     * @return whether somebody came in time
     */
    boolean strike(Point point, Runnable traffic, Duration most) throws Exception {
        return switch (point) {
            case IN_SETTLEMENT -> strikeLocked(SETTLEMENT, traffic, most);
            case AFTER_SETTLEMENT -> strikeLocked(COMPLETION, traffic, most);
            case ANYWHERE -> {
                traffic.run();
                TimeUnit.MILLISECONDS.sleep(500);
                field.strike(field.ready(0) ? 0 : 1);
                yield true;
            }
            default -> {
                hit = new CountDownLatch(1);
                armed.set(point);
                traffic.run();
                boolean came = hit.await(most.toMillis(), TimeUnit.MILLISECONDS);
                armed.set(null);
                yield came;
            }
        };
    }

    private boolean strikeLocked(String lock, Runnable traffic, Duration most) throws Exception {
        try (var connection = field.connect();
                var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(" + lock + ")");
            traffic.run();
            long end = System.nanoTime() + most.toNanos();
            while (System.nanoTime() < end) {
                try (var rows =
                        statement.executeQuery(
                                """
                                select a.application_name from pg_locks l
                                  join pg_stat_activity a on a.pid = l.pid
                                 where l.locktype = 'advisory' and not l.granted and l.objid = %s
                                   and a.application_name like 'shop-%%' limit 1
                                """
                                        .formatted(lock))) {
                    if (rows.next()) {
                        field.strike(ShopField.node(rows.getString(1)));
                        return true;
                    }
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
            return false;
        }
    }

    @Override
    public boolean comes(String call, String host) {
        boolean here =
                call.equals("POST /v1/checkout/sessions")
                        && armed.compareAndSet(Point.BEFORE_CHECKOUT, null);
        if (here) {
            kill(host);
        }
        return !here;
    }

    @Override
    public void done(String call, String host) {
        var point =
                switch (call) {
                    case "POST /v1/checkout/sessions" -> Point.AFTER_CHECKOUT;
                    case "POST /v1/refunds" -> Point.IN_REFUND;
                    case "GET /v1/events" -> Point.IN_RECONCILIATION;
                    default -> Point.ANYWHERE;
                };
        if (armed.compareAndSet(point, null)) {
            kill(host);
        }
    }

    private void kill(String host) {
        try {
            field.strike(ShopField.nodeOf(host));
            hit.countDown();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
