package org.stoa.commerce.billing;

import java.util.Locale;

/** How tax is reckoned for an order. */
public enum Tax {
    /** Not at all. */
    NONE,
    /** By the provider, within the price. */
    INCLUDED,
    /** By the provider, on top of the price. */
    ON_TOP;

    /** As the database and JSON say it: {@code on-top}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Tax of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
