package org.stoa.commerce.payouts;

import org.jspecify.annotations.Nullable;
import org.stoa.shared.Problem;

/**
 * Somebody who pays out to schools what was paid to them. Each call acts for the school of the
 * bound caller, its office, and leaves the process: never inside a transaction.
 */
public interface PayoutProvider {
    /** Its word in the settings. */
    String name();

    /**
     * @param after the id of the pay-out that the list goes on after; null for its beginning
     * @throws Problem.Invalid naming {@code cursor} when there is none of this id
     */
    Statement statement(@Nullable String after, int limit);
}
