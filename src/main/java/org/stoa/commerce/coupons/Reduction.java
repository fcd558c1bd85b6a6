package org.stoa.commerce.coupons;

import org.jspecify.annotations.Nullable;

/**
 * What a coupon took off an order, frozen with it.
 *
 * @param amount minor units
 * @param code the coupon's
 */
public record Reduction(long amount, String code) {
    /** Null where nothing was taken off. */
    public static @Nullable Reduction of(long amount, @Nullable String code) {
        return amount == 0 ? null : new Reduction(amount, code == null ? "" : code);
    }
}
