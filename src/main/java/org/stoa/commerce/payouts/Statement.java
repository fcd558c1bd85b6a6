package org.stoa.commerce.payouts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a provider says of the money that it pays out. */
public sealed interface Statement {
    /**
     * @param payouts the newest first
     * @param more there are older ones
     * @param balance what is not paid out yet, by currency; null where the provider does not say
     */
    record Told(List<Payout> payouts, boolean more, @Nullable List<Balance> balance)
            implements Statement {}

    /** It says nothing. */
    record Untold(Why why) implements Statement {}

    /**
     * @param available what can be paid out
     * @param pending what can be later
     */
    record Balance(Movement available, Movement pending) {}

    /** Why nothing is said. */
    enum Why {
        /** No money moves there. */
        TEST("test"),
        /** The school's key may not read it. */
        FORBIDDEN("forbidden"),
        /** It is refused, and would be again. */
        REFUSED("refused"),
        /** Nobody answers just now. */
        AWAY("away");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        /** The word that its texts go by. */
        public String word() {
            return word;
        }
    }
}
