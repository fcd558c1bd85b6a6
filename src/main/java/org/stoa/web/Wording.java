package org.stoa.web;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.stoa.shared.Words;

/** How pages say numbers, durations and dates. */
public final class Wording {
    private static final Map<String, DateTimeFormatter> FORMATS = new ConcurrentHashMap<>();
    private static final int[] ROMAN_VALUES = {100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final List<String> ROMAN_LETTERS =
            List.of("c", "xc", "l", "xl", "x", "ix", "v", "iv", "i");

    private Wording() {}

    /** {@code 12 min}, {@code 1 h 29 min}, {@code 6 h}. */
    public static String duration(int minutes) {
        int hours = minutes / 60;
        int rest = minutes % 60;
        if (hours == 0) {
            return say("page.duration.minutes", rest);
        }
        return rest == 0
                ? say("page.duration.hours", hours)
                : say("page.duration.both", hours, rest);
    }

    /** The duration where only its size matters: {@code 40 min}, {@code 6 h}. */
    public static String roughly(int minutes) {
        return minutes < 60
                ? say("page.duration.minutes", minutes)
                : say("page.duration.hours", Math.round(minutes / 60.0));
    }

    /** A module's number; small letters, which the page sets as small capitals. */
    public static String roman(int number) {
        var letters = new StringBuilder();
        int rest = number;
        for (int i = 0; i < ROMAN_VALUES.length; i++) {
            while (rest >= ROMAN_VALUES[i]) {
                letters.append(ROMAN_LETTERS.get(i));
                rest -= ROMAN_VALUES[i];
            }
        }
        return letters.toString();
    }

    /** {@code 4 October 2026}. */
    public static String date(Instant instant) {
        return format("page.date").format(instant);
    }

    /** {@code 4 October 2026, 21:40 UTC}; the page's script says it in the reader's own time. */
    public static String moment(Instant instant) {
        return format("page.moment").format(instant);
    }

    private static DateTimeFormatter format(String key) {
        var locale = Words.language().locale();
        return FORMATS.computeIfAbsent(
                key + locale,
                k -> DateTimeFormatter.ofPattern(say(key), locale).withZone(ZoneOffset.UTC));
    }

    /** {@code Forty-one} for numbers below a hundred, at the beginning of a sentence. */
    public static String spelled(int number) {
        var small = Words.list("page.number.small");
        var tens = Words.list("page.number.tens");
        int beyond = number / 10 - small.size() / 10;
        if (number < small.size()) {
            return small.get(number);
        }
        if (beyond >= tens.size()) {
            return Integer.toString(number);
        }
        return number % 10 == 0
                ? tens.get(beyond)
                : say(
                        "page.number.joined",
                        tens.get(beyond),
                        small.get(number % 10).toLowerCase(Words.language().locale()));
    }

    /** The language of a BCP 47 tag, in the reader's. */
    public static String language(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Words.language().locale());
    }
}
