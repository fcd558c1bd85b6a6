package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.JobKind.Lane;
import org.stoa.jobs.Jobs;
import org.stoa.shared.Characters;
import org.stoa.shared.Ids;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;

/** Gives money back: the wish is written first, and a job sees to it. */
@Service
public class Refunds {
    private static final int LONGEST_REASON = 500;

    /** Names the refund. */
    record GiveBack(UUID refund) {}

    static final JobKind<GiveBack> GIVE_BACK =
            new JobKind<>("give-money-back", GiveBack.class, Lane.CRITICAL);

    private final OrderStore orders;
    private final PaymentStore payments;
    private final Jobs jobs;
    private final Ids ids;
    private final Clock clock;

    Refunds(OrderStore orders, PaymentStore payments, Jobs jobs, Ids ids, Clock clock) {
        this.orders = orders;
        this.payments = payments;
        this.jobs = jobs;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Gives some of an order's money back, or all that is left. The access that it paid for ends
     * when all of it is gone.
     *
     * @param amount in minor units; null for all
     * @param by whose wish it is
     * @return how much goes back
     * @throws Problem.NotFound when the school has no such order
     * @throws Problem.Conflict when nothing is left to give back
     * @throws Problem.Invalid naming {@code amount}, when it is more than is left, or nothing
     */
    @Transactional
    public Money ask(UUID order, @Nullable Long amount, String reason, UUID by) {
        var known = orders.lock(order).orElseThrow(Refunds::noOrder);
        long left = payments.left(order).stream().mapToLong(it -> it.amount().amount()).sum();
        if (left == 0) {
            throw new Problem.Conflict(say("commerce.refund.nothing"));
        }
        long wanted = amount == null ? left : amount;
        hold(wanted, new Money(left, known.price().currency()));
        var why = Characters.kept(reason).strip();
        spread(order, wanted, why.substring(0, Math.min(why.length(), LONGEST_REASON)), by);
        var money = new Money(wanted, known.price().currency());
        var line =
                new OrderStore.Happened(
                        ids.next(),
                        order,
                        clock.instant(),
                        "refund-asked",
                        known.status(),
                        by,
                        money.toString());
        orders.happened(line);
        return money;
    }

    /**
     * @param wanted minor units
     * @throws Problem.Invalid naming {@code amount}, when it is more than is left, or nothing
     */
    public static void hold(long wanted, Money left) {
        if (wanted <= 0) {
            throw new Problem.Invalid("amount", say("commerce.refund.least"));
        }
        if (wanted > left.amount()) {
            throw new Problem.Invalid("amount", say("commerce.refund.most", left.said()));
        }
    }

    /**
     * Tries what was refused once more, under another name, since providers answer a name that they
     * know as they did before. Where there was nothing to give for the money, all that is left goes
     * back.
     *
     * @param by whose wish it is
     * @return how much goes back
     * @throws Problem.NotFound when the school has no such order
     * @throws Problem.Conflict when nothing is left to give back, or it is on its way already
     */
    @Transactional
    public Money again(UUID order, UUID by) {
        var known = orders.lock(order).orElseThrow(Refunds::noOrder);
        long left = payments.left(order).stream().mapToLong(it -> it.amount().amount()).sum();
        long refused = payments.again(order);
        long wanted = known.status() == OrderStatus.RETURNING ? left : Math.min(left, refused);
        if (wanted == 0) {
            throw new Problem.Conflict(say("commerce.refund.nothing"));
        }
        return ask(order, wanted, "", by);
    }

    /** What is left of one payment, by itself: there is nothing to give for it. */
    void giveBack(UUID order, String payment, String why) {
        payments.left(order).stream()
                .filter(it -> it.reference().equals(payment))
                .forEach(it -> write(it.id(), it.amount().amount(), why, null));
    }

    /** The latest first: what came twice is what goes back. */
    private void spread(UUID order, long amount, String reason, UUID by) {
        long rest = amount;
        for (var payment : payments.left(order).reversed()) {
            long some = Math.min(rest, payment.amount().amount());
            if (some > 0) {
                write(payment.id(), some, reason, by);
                rest -= some;
            }
        }
    }

    private void write(UUID payment, long amount, String reason, @Nullable UUID by) {
        var id = ids.next();
        payments.ask(new PaymentStore.Refund(id, payment, amount, reason, by), clock.instant());
        jobs.enqueue(GIVE_BACK, new GiveBack(id));
    }

    static Problem noOrder() {
        return new Problem.NotFound(say("commerce.noOrder"));
    }
}
