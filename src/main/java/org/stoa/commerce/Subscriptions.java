package org.stoa.commerce;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.commerce.PaymentProvider.Stop;
import org.stoa.jobs.Job;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.JobKind.Lane;
import org.stoa.jobs.Jobs;
import org.stoa.shared.Ids;

/**
 * Makes of what a provider says of a subscription what follows for its order: each payment once,
 * and access until what is paid is over and a grace period with it. It may be said often, late and
 * in any order; older news change nothing. {@link Settlements} hands it what it is told, for the
 * school's office.
 */
@Service
@EnableConfigurationProperties(SubscriptionSettings.class)
public class Subscriptions {
    /** Names the order of a subscription that is not to be renewed any more. */
    record End(UUID order, Stop when) {}

    static final JobKind<End> END = new JobKind<>("end-subscription", End.class, Lane.CRITICAL);

    private final OrderStore orders;
    private final PaymentStore payments;
    private final SubscriptionStore store;
    private final Refunds refunds;
    private final Fulfilments fulfilments;
    private final OrderMoves moves;
    private final Jobs jobs;
    private final SubscriptionSettings settings;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    Subscriptions(
            OrderStore orders,
            PaymentStore payments,
            SubscriptionStore store,
            Refunds refunds,
            Fulfilments fulfilments,
            OrderMoves moves,
            Jobs jobs,
            SubscriptionSettings settings,
            PlatformTransactionManager transactions,
            Ids ids,
            Clock clock) {
        this.orders = orders;
        this.payments = payments;
        this.store = store;
        this.refunds = refunds;
        this.fulfilments = fulfilments;
        this.moves = moves;
        this.jobs = jobs;
        this.settings = settings;
        this.transactions = new TransactionTemplate(transactions);
        this.ids = ids;
        this.clock = clock;
    }

    /** What is known of an order's subscription; empty where nobody has said that there is one. */
    public Optional<Subscription> of(UUID order) {
        return store.find(order);
    }

    /** The order of a subscription, by its provider's name. */
    public Optional<UUID> orderOf(String provider, String reference) {
        return store.orderOf(provider, reference);
    }

    /**
     * Orders of subscriptions whose paid time is over, though nobody has said what came then.
     *
     * @param after the last one of the page before; null for the first page
     */
    public List<UUID> due(String provider, @Nullable UUID after, int limit) {
        return store.due(provider, clock.instant(), after, limit);
    }

    /** How an order stands after what its provider says of its subscription. */
    @Nullable OrderStatus stands(UUID order, State.Recurring said) {
        try {
            return transactions.execute(status -> take(order, said, true));
        } catch (NoSeat full) {
            return transactions.execute(status -> take(order, said, false));
        }
    }

    /**
     * @param seats whether there are places; if not, the money goes back
     */
    private @Nullable OrderStatus take(UUID id, State.Recurring said, boolean seats) {
        payments.alone(
                said.payments().stream()
                        .map(State.Paid::payment)
                        .filter(Objects::nonNull)
                        .toList());
        orders.alone(id);
        var order = orders.lock(id).orElse(null);
        if (order == null) {
            return null;
        }
        boolean known = store.find(id).isPresent();
        var trouble = trouble(order, known, said, seats);
        var fresh = said.payments().stream().filter(it -> added(order, it)).toList();
        store.note(id, order.provider(), said.told(), clock.instant());
        if (trouble != null) {
            refuse(order, fresh, said, trouble);
            if (!seats) {
                moves.queue(order);
            }
        } else {
            receive(order, fresh);
        }
        var now = reckon(orders.lock(id).orElseThrow(), seats);
        if (now == OrderStatus.PAID && !(known && fresh.isEmpty())) {
            limit(order);
        }
        if (now == OrderStatus.PAID && store.reminds(id, clock.instant())) {
            moves.renewalFailed(orders.lock(id).orElseThrow());
        }
        return now;
    }

    private boolean added(Order order, State.Paid paid) {
        var reference = paid.payment();
        if (reference == null) {
            return false;
        }
        var payment =
                new PaymentStore.Payment(
                        ids.next(),
                        order.id(),
                        order.provider(),
                        reference,
                        paid.amount(),
                        paid.tax());
        return payments.add(payment, paid.at());
    }

    /** Why there is nothing to give for it, as the order's history says it; null where there is. */
    private @Nullable String trouble(
            Order order, boolean known, State.Recurring said, boolean seats) {
        boolean had = order.status() == OrderStatus.PAID || order.status() == OrderStatus.DISPUTED;
        if (had) {
            return null;
        }
        if (known || !order.status().mayBecome(OrderStatus.PAID)) {
            return "paid-after-end";
        }
        if (said.payments().stream().anyMatch(it -> !order.coveredBy(it))) {
            return "other-amount";
        }
        if (orders.heldBefore(order)) {
            return "bought-before";
        }
        return seats ? null : "course-full";
    }

    private void refuse(Order order, List<State.Paid> fresh, State.Recurring said, String trouble) {
        var sums = payments.sums(order.id());
        boolean returns = sums.paid() > 0;
        var next = returns ? OrderStatus.RETURNING : OrderStatus.FAILED;
        boolean moved = order.paid() == 0 && order.status().mayBecome(next);
        if (moved || !fresh.isEmpty()) {
            var status = moved ? next : order.status();
            moves.change(order, status, sums.paid(), order.returned(), trouble, "");
        }
        fresh.forEach(it -> refunds.giveBack(order.id(), String.valueOf(it.payment()), trouble));
        boolean goesOn = said.told().status() != Subscription.Status.ENDED;
        if (goesOn && (moved || !fresh.isEmpty())) {
            end(order, Stop.NOW);
        }
    }

    private void receive(Order order, List<State.Paid> fresh) {
        boolean begins =
                order.status() != OrderStatus.PAID && order.status() != OrderStatus.DISPUTED;
        var status = begins ? OrderStatus.PAID : order.status();
        if (begins && fresh.isEmpty()) {
            moves.change(order, status, order.paid(), order.returned(), "trial-begun", "");
        } else if (!fresh.isEmpty()) {
            var sums = payments.sums(order.id());
            var what = begins ? "paid" : "renewed";
            var detail = fresh.getLast().amount().toString();
            moves.change(order, status, sums.paid(), order.returned(), what, detail);
        }
        var parts = order.terms().parts();
        int more = parts == null ? 0 : payments.course(order.id()).kept() - parts;
        if (more > 0) {
            fresh.reversed().stream()
                    .limit(more)
                    .forEach(it ->
                            refunds.giveBack(
                                    order.id(), String.valueOf(it.payment()), "paid-twice"));
        }
    }

    private void end(Order order, Stop when) {
        jobs.enqueue(Job.of(END, new End(order.id(), when)).key(order.id() + " " + when));
    }

    /**
     * Holds an order against its payments and its subscription. A payer's dispute of any payment
     * holds the access; the loss of one, or the last payment gone back, ends it and the
     * subscription with it.
     *
     * @param seats whether there are places for who comes in again; if not, they wait for one
     */
    @Nullable OrderStatus reckon(Order order, boolean seats) {
        var sums = payments.sums(order.id());
        var course = payments.course(order.id());
        var parts = order.terms().parts();
        if (parts != null) {
            store.partsLeft(order.id(), Math.max(0, parts - course.kept()));
        }
        var known = store.find(order.id()).orElse(null);
        var next = next(order, sums, course.lastGone() && (known == null || !known.paidUp()));
        boolean moved = next != order.status() && order.status().mayBecome(next);
        var status = moved ? next : order.status();
        if (known != null && status == OrderStatus.PAID) {
            access(order, known, seats);
        } else if (moved && order.status() == OrderStatus.PAID) {
            fulfilments.of(order).end(order);
        }
        if (moved || sums.returned() != order.returned()) {
            boolean won =
                    moved && order.status() == OrderStatus.DISPUTED && next != OrderStatus.LOST;
            var what = won ? "dispute-won" : moved ? next.word() : "part-returned";
            moves.change(order, status, sums.paid(), sums.returned(), what, "");
        }
        boolean over = status == OrderStatus.REFUNDED || status == OrderStatus.LOST;
        if (moved && over && known != null && known.status() != Subscription.Status.ENDED) {
            end(order, Stop.NOW);
        }
        return status;
    }

    private static OrderStatus next(Order order, PaymentStore.Sums sums, boolean lastGone) {
        if ("lost".equals(sums.dispute())) {
            return OrderStatus.LOST;
        }
        if ("open".equals(sums.dispute())) {
            return OrderStatus.DISPUTED;
        }
        boolean allGone = sums.paid() > 0 && sums.returned() >= sums.paid();
        boolean had = order.status() == OrderStatus.PAID || order.status() == OrderStatus.DISPUTED;
        if (allGone || had && lastGone) {
            return OrderStatus.REFUNDED;
        }
        return order.status() == OrderStatus.DISPUTED ? OrderStatus.PAID : order.status();
    }

    private void access(Order order, Subscription known, boolean seats) {
        var until = known.accessUntil(settings.grace());
        var fulfilment = fulfilments.of(order);
        if (until == null || until.isAfter(clock.instant())) {
            if (!seats) {
                moves.queue(order);
                return;
            }
            if (!fulfilment.give(order, until)) {
                throw new NoSeat();
            }
        }
        fulfilment.prolong(order, until);
    }

    /** Gives the access that is paid for now; false where a course is full. */
    boolean gives(Order order) {
        var until =
                store.find(order.id())
                        .map(it -> new Ends(it.accessUntil(settings.grace())))
                        .orElseThrow(Refunds::noOrder);
        boolean given = fulfilments.of(order).give(order, until.at());
        fulfilments.of(order).prolong(order, until.at());
        return given;
    }

    /** Whether what was paid, and the grace after it, is not over. */
    boolean holds(Order order) {
        var until = store.find(order.id()).map(it -> new Ends(it.accessUntil(settings.grace())));
        return until.isPresent()
                && (until.get().at() == null || until.get().at().isAfter(clock.instant()));
    }

    /** Ends the access that is not paid for; only so much of it as is paid remains. */
    void takes(Order order) {
        var until = store.find(order.id()).map(it -> new Ends(it.accessUntil(settings.grace())));
        if (order.status() == OrderStatus.PAID && until.isPresent()) {
            fulfilments.of(order).prolong(order, until.get().at());
        } else {
            fulfilments.of(order).end(order);
        }
    }

    /**
     * @param at null for never
     */
    private record Ends(@Nullable Instant at) {}

    /** Nothing more is to be paid than was agreed on. */
    private void limit(Order order) {
        var known = store.find(order.id()).orElse(null);
        if (known != null
                && known.status() != Subscription.Status.ENDED
                && known.partsLeft() != null
                && known.cancelsAt() == null) {
            end(order, known.paidUp() ? Stop.NOW : Stop.AFTER_ITS_PARTS);
        }
    }
}
