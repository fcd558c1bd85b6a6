package org.stoa.commerce;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.shared.Ids;

/**
 * Makes of what a provider says what follows for an order: money, access, and the places in
 * courses, together or not at all. It may be said often, late and in any order, by an event, by a
 * look, by whoever comes back from the checkout: the outcome depends only on what is known by then.
 * For the school's office.
 */
@Service
public class Settlements {
    private final OrderStore orders;
    private final PaymentStore payments;
    private final Refunds refunds;
    private final Fulfilments fulfilments;
    private final Subscriptions subscriptions;
    private final OrderMoves moves;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    Settlements(
            OrderStore orders,
            PaymentStore payments,
            Refunds refunds,
            Fulfilments fulfilments,
            Subscriptions subscriptions,
            OrderMoves moves,
            PlatformTransactionManager transactions,
            Ids ids,
            Clock clock) {
        this.orders = orders;
        this.payments = payments;
        this.refunds = refunds;
        this.fulfilments = fulfilments;
        this.subscriptions = subscriptions;
        this.moves = moves;
        this.transactions = new TransactionTemplate(transactions);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * How an order stands after what its checkout says.
     *
     * @return null where the school has no such order
     */
    public @Nullable OrderStatus stands(UUID order, PaymentProvider.State state) {
        return switch (state) {
            case PaymentProvider.State.Open open ->
                    orders.find(order).map(Order::status).orElse(null);
            case PaymentProvider.State.Awaiting a -> moved(order, OrderStatus.AWAITING);
            case PaymentProvider.State.Failed f -> moved(order, OrderStatus.FAILED);
            case PaymentProvider.State.Expired e -> moved(order, OrderStatus.EXPIRED);
            case PaymentProvider.State.Paid paid -> paid(order, paid);
            case PaymentProvider.State.Recurring said -> subscriptions.stands(order, said);
        };
    }

    /** That so much of a payment went back by now, in minor units. */
    public void refunded(String provider, String payment, long amount) {
        reckoned(
                provider,
                payment,
                () -> payments.refundedBy(provider, payment, amount, clock.instant()));
    }

    /** That one of our own refunds has ended; to be called within what ends its job. */
    void returned(UUID order) {
        reckon(order, false);
    }

    /** How a payer's dispute of a payment stands: {@code open}, {@code won} or {@code lost}. */
    public void disputed(String provider, String payment, String dispute) {
        reckoned(
                provider,
                payment,
                () -> payments.disputed(provider, payment, dispute, clock.instant()));
    }

    private void reckoned(String provider, String payment, Runnable fact) {
        try {
            reckoned(provider, payment, fact, true);
        } catch (NoSeat full) {
            reckoned(provider, payment, fact, false);
        }
    }

    private void reckoned(String provider, String payment, Runnable fact, boolean seats) {
        transactions.executeWithoutResult(status -> {
            payments.alone(List.of(payment));
            fact.run();
            payments.orderOf(provider, payment).ifPresent(it -> reckon(it, seats));
        });
    }

    private @Nullable OrderStatus moved(UUID id, OrderStatus next) {
        return transactions.execute(status -> {
            var order = orders.lock(id).orElse(null);
            if (order == null) {
                return null;
            }
            if (!order.status().mayBecome(next)) {
                return order.status();
            }
            moves.change(order, next, order.paid(), order.returned(), next.word(), "");
            return next;
        });
    }

    private @Nullable OrderStatus paid(UUID id, PaymentProvider.State.Paid paid) {
        try {
            return transactions.execute(status -> take(id, paid, true));
        } catch (NoSeat full) {
            return transactions.execute(status -> take(id, paid, false));
        }
    }

    /**
     * @param seats whether there are places; if not, the money goes back
     */
    private @Nullable OrderStatus take(UUID id, PaymentProvider.State.Paid paid, boolean seats) {
        var reference = paid.payment();
        if (reference != null) {
            payments.alone(List.of(reference));
        }
        orders.alone(id);
        var order = orders.lock(id).orElse(null);
        if (order == null) {
            return null;
        }
        if (reference == null ? !order.status().open() : !added(order, reference, paid)) {
            return reckon(id, seats);
        }
        var trouble = trouble(order, paid, seats);
        if (trouble == null) {
            give(order);
            changed(order, OrderStatus.PAID, "paid", paid.amount().toString());
        } else if (order.status().mayBecome(OrderStatus.RETURNING) && order.paid() == 0) {
            // Where nothing was to be paid, nothing goes back.
            boolean money = paid.amount().amount() > 0;
            changed(
                    order,
                    money ? OrderStatus.RETURNING : OrderStatus.FAILED,
                    trouble,
                    paid.amount().toString());
        } else {
            changed(order, order.status(), trouble, paid.amount().toString());
        }
        if (trouble != null && reference != null) {
            refunds.giveBack(order.id(), reference, trouble);
        }
        if (trouble != null && !seats) {
            moves.queue(order);
        }
        return reckon(id, seats);
    }

    private boolean added(Order order, String reference, PaymentProvider.State.Paid paid) {
        return payments.add(
                new PaymentStore.Payment(
                        ids.next(),
                        order.id(),
                        order.provider(),
                        reference,
                        paid.amount(),
                        paid.tax()),
                paid.at());
    }

    /** Why there is nothing to give for it, as the order's history says it; null where there is. */
    private @Nullable String trouble(Order order, PaymentProvider.State.Paid paid, boolean seats) {
        if (!order.status().mayBecome(OrderStatus.PAID) || order.paid() > 0) {
            return "paid-twice";
        }
        if (!order.coveredBy(paid)) {
            return "other-amount";
        }
        if (orders.heldBefore(order)) {
            return "bought-before";
        }
        return seats ? null : "course-full";
    }

    private void give(Order order) {
        if (!fulfilments.of(order).give(order, null)) {
            throw new NoSeat();
        }
    }

    /**
     * Holds an order against its payments, and against what became of those.
     *
     * @param seats whether there are places, should the payer have won a dispute; if not, they wait
     *     for one, and the order stands among the mismatches until then
     */
    private @Nullable OrderStatus reckon(UUID id, boolean seats) {
        var order = orders.lock(id).orElse(null);
        if (order == null) {
            return null;
        }
        if (order.terms().recurs()) {
            return subscriptions.reckon(order, seats);
        }
        var sums = payments.sums(id);
        var next = next(order, sums);
        boolean moved = next != order.status() && order.status().mayBecome(next);
        if (!moved && sums.returned() == order.returned()) {
            return order.status();
        }
        if (moved && order.status() == OrderStatus.PAID) {
            fulfilments.of(order).end(order);
        } else if (moved && next == OrderStatus.PAID && seats) {
            give(order);
        } else if (moved && next == OrderStatus.PAID) {
            moves.queue(order);
        }
        boolean won = moved && order.status() == OrderStatus.DISPUTED && next != OrderStatus.LOST;
        var what = won ? "dispute-won" : moved ? next.word() : "part-returned";
        var status = moved ? next : order.status();
        moves.change(order, status, sums.paid(), sums.returned(), what, "");
        return status;
    }

    private static OrderStatus next(Order order, PaymentStore.Sums sums) {
        if ("lost".equals(sums.dispute())) {
            return OrderStatus.LOST;
        }
        if ("open".equals(sums.dispute())) {
            return OrderStatus.DISPUTED;
        }
        if (sums.paid() > 0 && sums.returned() >= sums.paid()) {
            return OrderStatus.REFUNDED;
        }
        if (order.status() != OrderStatus.DISPUTED) {
            return order.status();
        }
        return sums.going() >= sums.paid() ? OrderStatus.RETURNING : OrderStatus.PAID;
    }

    private void changed(Order order, OrderStatus status, String what, String detail) {
        var sums = payments.sums(order.id());
        moves.change(order, status, sums.paid(), order.returned(), what, detail);
    }
}
