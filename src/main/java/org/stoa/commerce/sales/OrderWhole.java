package org.stoa.commerce.sales;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Money;

/**
 * An order with all that followed from it.
 *
 * @param left minor units that can still be given back
 * @param history the oldest first
 */
public record OrderWhole(
        OrderLine line,
        long left,
        List<Payment> payments,
        List<Refund> refunds,
        List<Event> history,
        List<Access> access) {
    /**
     * Money that came in.
     *
     * @param refunded minor units of it that went back, as the provider says
     * @param dispute {@code open}, {@code won} or {@code lost}; null where there is none
     */
    public record Payment(
            UUID id,
            String reference,
            long amount,
            String currency,
            Instant at,
            long refunded,
            @Nullable String dispute) {
        public Money money() {
            return new Money(amount, currency);
        }
    }

    /**
     * Money that was to go back.
     *
     * @param status {@code asked}, {@code done}, {@code failed}, or {@code again} where it failed
     *     and was asked for anew
     * @param by whose wish it was; null where it went back by itself
     */
    public record Refund(
            UUID id,
            long amount,
            String currency,
            String reason,
            String status,
            Instant askedAt,
            @Nullable Instant doneAt,
            @Nullable String by) {
        public Money money() {
            return new Money(amount, currency);
        }
    }

    /**
     * A line of the audit trail.
     *
     * @param what a word for it
     * @param by who did it; null where the buyer's provider or the clock did
     */
    public record Event(
            Instant at, String what, String status, @Nullable String by, String detail) {}

    /**
     * What the buyer may learn by it.
     *
     * @param until null while it has no end
     * @param open it has not ended yet
     */
    public record Access(
            String slug, String title, Instant from, @Nullable Instant until, boolean open) {}

    /** The access ends when so much goes back: all, or the last of several payments. */
    public boolean endsWith(long amount) {
        if (amount >= left || payments.isEmpty()) {
            return true;
        }
        var last = payments.getLast();
        return payments.size() > 1 && amount >= last.amount() - last.refunded();
    }

    public Money sumLeft() {
        return line.money(left);
    }
}
