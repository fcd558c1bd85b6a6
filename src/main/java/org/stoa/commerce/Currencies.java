package org.stoa.commerce;

import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.stoa.shared.Words;

/** The currencies that forms offer to choose from. */
public final class Currencies {
    private static final List<String> USUAL =
            List.of(
                    "EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "CAD",
                    "AUD", "NZD", "JPY", "INR", "BRL", "MXN", "ZAR", "SGD", "AED", "KWD");

    private Currencies() {}

    /**
     * Those that people usually pay with and those that stand there, with their names in the
     * language that is spoken.
     */
    public static Map<String, String> with(Collection<String> present) {
        var locale = Words.language().locale();
        var named = new TreeMap<String, String>();
        USUAL.forEach(it -> named.put(it, name(it, locale)));
        present.forEach(it -> named.put(it, name(it, locale)));
        return named;
    }

    private static String name(String code, Locale locale) {
        return Currency.getInstance(code).getDisplayName(locale);
    }
}
