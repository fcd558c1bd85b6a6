package org.stoa.commerce;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to buy.
 *
 * @param currency one that the offer has a price in; null for its first
 * @param quantity at least 1, and 1 unless it is for a team
 * @param coupon what takes something off; null for nothing
 */
public record Wish(
        UUID offer,
        @Nullable String currency,
        Terms.Buys buys,
        int quantity,
        @Nullable UUID coupon) {
    /** One, for oneself. */
    public static Wish own(UUID offer, @Nullable String currency) {
        return new Wish(offer, currency, Terms.Buys.OWN, 1, null);
    }

    /** Whether an order was made for just this. */
    boolean asked(Order order) {
        return order.terms().quantity() == quantity
                && Objects.equals(order.terms().coupon(), coupon)
                && (currency == null || currency.equals(order.price().currency()));
    }
}
