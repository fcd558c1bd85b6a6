package org.stoa.commerce;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What follows for people when an order is paid, and when it is not any more. Each call takes part
 * in the transaction at hand, for the school's office; said again, it changes nothing.
 */
public interface Fulfilment {
    Terms.Buys buys();

    /**
     * @param until when it ends, unless it is paid again; null for never
     * @return whether everybody found a place; if not, the caller takes all of it back
     */
    boolean give(Order order, @Nullable Instant until);

    /** Moves the end of what was given. */
    void prolong(Order order, @Nullable Instant until);

    void end(Order order);
}
