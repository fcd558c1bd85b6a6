package org.stoa.commerce.sales;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.Terms;
import org.stoa.commerce.coupons.Reduction;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.shared.Money;

/**
 * An order as a school reads it.
 *
 * @param paid minor units that came in so far; {@code returned} those that went back
 * @param tax minor units of what was paid
 * @param reduction what a coupon took off; null for nothing
 * @param kind how it is paid
 * @param buys for whom it was bought
 * @param quantity how many places, for a team
 * @param buyer their name
 */
public record OrderLine(
        UUID id,
        String code,
        OrderStatus status,
        String title,
        Money price,
        long paid,
        long returned,
        long tax,
        @Nullable Reduction reduction,
        Terms.Kind kind,
        Terms.Buys buys,
        int quantity,
        String provider,
        UUID person,
        String buyer,
        String email,
        Instant createdAt,
        @Nullable Instant paidAt) {
    /** No money moved. */
    public boolean test() {
        return provider.equals(PaymentSettings.TEST);
    }

    /** What it would have cost without a coupon. */
    public Money full() {
        return reduction == null ? price : price.plus(money(reduction.amount()));
    }

    public Money money(long amount) {
        return new Money(amount, price.currency());
    }
}
