package org.stoa.shared;

import java.util.HashMap;
import java.util.Map;

/** Languages that nobody speaks: what they show is that everything is said. */
public final class PseudoLanguage {
    /** Every text between ⟦ and ⟧. */
    public static final String MARKED = "en-XA";

    /** English, written from right to left. */
    public static final String TURNED = "ar-XB";

    private PseudoLanguage() {}

    /** Stoa speaks them until they are {@linkplain #forget() forgotten}. */
    public static void learn() {
        Language.learn(MARKED, texts("⟦", "⟧"));
        Language.learn(TURNED, texts("", ""));
    }

    public static void forget() {
        Language.forget();
    }

    private static Map<String, String> texts(String before, String after) {
        var texts = new HashMap<String, String>();
        Language.english()
                .texts()
                .forEach((key, text) -> texts.put(key, format(key) ? text : before + text + after));
        return texts;
    }

    /** Patterns of dates and lists of words are not texts. */
    private static boolean format(String key) {
        return key.equals("page.date")
                || key.equals("page.moment")
                || key.equals("page.wallClock")
                || key.equals("studio.when.clock")
                || key.startsWith("page.number");
    }
}
