package org.stoa.commerce.billing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Money;

/**
 * An invoice for a payment, frozen as it was issued.
 *
 * @param number of its series; an order in which no money moved stands in one of its own
 * @param from the school, as it stood then; {@code notes} what it added at the foot
 * @param to whom it is for
 * @param quantity how many were bought
 * @param discount minor units that a coupon took off; {@code coupon} its code, null without one
 * @param amount all that was paid, {@code tax} minor units of it
 * @param terms how the tax was reckoned
 * @param returned minor units that went back since: this alone is of today
 */
public record Invoice(
        UUID id,
        UUID order,
        String code,
        boolean test,
        long number,
        Instant issuedAt,
        Party from,
        String notes,
        Party to,
        String title,
        int quantity,
        long discount,
        @Nullable String coupon,
        Money amount,
        long tax,
        Tax terms,
        Instant paidAt,
        long returned) {
    /** Who stands on an invoice; all but the name may be empty. */
    public record Party(String name, String address, String taxId) {}

    /** As it is written: {@code 0042}, {@code TEST-0042}. */
    public String said() {
        return (test ? "TEST-" : "") + "%04d".formatted(number);
    }

    /** Tax was reckoned, be it nothing. */
    public boolean taxed() {
        return terms != Tax.NONE || tax > 0;
    }

    /** Without the tax. */
    public Money net() {
        return money(amount.amount() - tax);
    }

    /** What it cost before anything was taken off, in the terms that prices are said in. */
    public Money listed() {
        long asked = terms == Tax.ON_TOP ? amount.amount() - tax : amount.amount();
        return money(asked + discount);
    }

    /** What one cost; null where that is no whole sum. */
    public @Nullable Money each() {
        long whole = listed().amount();
        return whole % quantity == 0 ? money(whole / quantity) : null;
    }

    public Money kept() {
        return money(amount.amount() - returned);
    }

    public Money money(long some) {
        return new Money(some, amount.currency());
    }
}
