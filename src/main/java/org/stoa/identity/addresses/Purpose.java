package org.stoa.identity.addresses;

import java.time.Duration;
import java.util.Locale;

/** What a link that was sent to an address is for, and how long it holds. */
public enum Purpose {
    /** To show that the address is the person's. */
    VERIFY(Duration.ofDays(7)),
    /** To set another password; holds once. */
    RESET(Duration.ofMinutes(30)),
    /** To give the address up for another. */
    LEAVE(Duration.ofDays(1)),
    /** To take the address on. */
    ARRIVE(Duration.ofDays(1));

    private final Duration holds;

    Purpose(Duration holds) {
        this.holds = holds;
    }

    Duration holds() {
        return holds;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Purpose of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
