package org.stoa.commerce.receipts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.Terms;
import org.stoa.commerce.coupons.Reduction;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.shared.Money;

/**
 * An order as its buyer reads it.
 *
 * @param buys for whom it was bought
 * @param course the address of what was bought; null where that is not one course alone
 * @param price what was asked
 * @param paid minor units that came in so far; {@code returned} those that went back
 * @param tax minor units of what was paid
 * @param reduction what a coupon took off; null for nothing
 * @param payable there is a page where it can be paid
 * @param refunds what goes back by the school's wish, the oldest first; empty in a list
 */
public record Receipt(
        UUID id,
        String code,
        String title,
        Terms.Buys buys,
        @Nullable String course,
        OrderStatus status,
        Money price,
        long paid,
        long returned,
        long tax,
        @Nullable Reduction reduction,
        String provider,
        UUID person,
        String buyer,
        String email,
        Instant createdAt,
        @Nullable Instant paidAt,
        boolean payable,
        List<Back> refunds) {
    /**
     * Money that goes back.
     *
     * @param doneAt null while it is on its way
     */
    public record Back(long amount, Instant askedAt, @Nullable Instant doneAt) {}

    /** No money moved. */
    public boolean test() {
        return provider.equals(PaymentSettings.TEST);
    }

    /** The tax came on top of the price, so that both together are what was paid. */
    public boolean taxOnTop() {
        return tax > 0 && paid - tax == price.amount();
    }

    /** What it would have cost without a coupon. */
    public Money full() {
        return reduction == null ? price : price.plus(money(reduction.amount()));
    }

    public Money sumPaid() {
        return money(paid);
    }

    public Money sumReturned() {
        return money(returned);
    }

    public Money money(long amount) {
        return new Money(amount, price.currency());
    }

    /** The word that its texts go by. */
    public String stands() {
        return status.word();
    }
}
