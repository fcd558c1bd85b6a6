package org.stoa.commerce;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What became of an order, and what may become of it next. Only one that is paid gives access. */
public enum OrderStatus {
    /** Nobody has paid yet; its checkout may be open. */
    PENDING,
    /** The payer did their part, and the money is on its way. */
    AWAITING,
    PAID,
    /** Money came, and there is nothing to give for it: it goes back. */
    RETURNING,
    /** The payment was refused for good. */
    FAILED,
    /** Nobody paid in time. */
    EXPIRED,
    /** All of the money went back. */
    REFUNDED,
    /** The payer's bank holds the money until it is settled who is right. */
    DISPUTED,
    /** The bank gave the money back to the payer. */
    LOST;

    // Money may come after all, by a checkout that was thought over or a bank that tried again; but
    // what has ended is not open again: there may be another order by now.
    private static final Map<OrderStatus, Set<OrderStatus>> ALLOWED =
            Map.of(
                    PENDING,
                            Set.of(
                                    AWAITING, PAID, RETURNING, FAILED, EXPIRED, REFUNDED, DISPUTED,
                                    LOST),
                    AWAITING, Set.of(PAID, RETURNING, FAILED, EXPIRED, REFUNDED, DISPUTED, LOST),
                    FAILED, Set.of(PAID, RETURNING, REFUNDED, DISPUTED, LOST),
                    EXPIRED, Set.of(PAID, RETURNING, REFUNDED, DISPUTED, LOST),
                    PAID, Set.of(REFUNDED, DISPUTED, LOST),
                    RETURNING, Set.of(REFUNDED, DISPUTED, LOST),
                    DISPUTED, Set.of(PAID, RETURNING, REFUNDED, LOST),
                    REFUNDED, Set.of(DISPUTED, LOST),
                    LOST, Set.of());

    public boolean mayBecome(OrderStatus next) {
        return ALLOWED.getOrDefault(this, Set.of()).contains(next);
    }

    /** Somebody may still pay it, or is about to. */
    public boolean open() {
        return this == PENDING || this == AWAITING;
    }

    /** As the database and JSON say it: {@code paid}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static OrderStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
