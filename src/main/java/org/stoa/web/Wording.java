package org.stoa.web;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How pages say numbers, durations and dates. */
public final class Wording {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final int[] ROMAN_VALUES = {100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final List<String> ROMAN_LETTERS =
            List.of("c", "xc", "l", "xl", "x", "ix", "v", "iv", "i");

    private Wording() {}

    /** {@code 1 lesson}, {@code 22 lessons}. */
    public static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 12 min}, {@code 1 h 29 min}, {@code 6 h}. */
    public static String duration(int minutes) {
        int hours = minutes / 60;
        int rest = minutes % 60;
        if (hours == 0) {
            return rest + " min";
        }
        return rest == 0 ? hours + " h" : hours + " h " + rest + " min";
    }

    /** The duration where only its size matters: {@code 40 min}, {@code 6 h}. */
    public static String roughly(int minutes) {
        return minutes < 60 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
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
        return DATE.format(instant);
    }

    /** {@code 4 October 2026, 21:40 UTC}; the page's script says it in the reader's own time. */
    public static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    /** {@code Forty-one} for numbers below a hundred, at the beginning of a sentence. */
    public static String spelled(int number) {
        return Spelled.number(number);
    }

    /** The language of a BCP 47 tag, in English. */
    public static String language(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.ENGLISH);
    }

    private static final class Spelled {
        private static final List<String> SMALL =
                List.of(
                        "No",
                        "One",
                        "Two",
                        "Three",
                        "Four",
                        "Five",
                        "Six",
                        "Seven",
                        "Eight",
                        "Nine",
                        "Ten",
                        "Eleven",
                        "Twelve",
                        "Thirteen",
                        "Fourteen",
                        "Fifteen",
                        "Sixteen",
                        "Seventeen",
                        "Eighteen",
                        "Nineteen");
        private static final List<String> TENS =
                List.of(
                        "", "", "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty",
                        "Ninety");

        private static String number(int number) {
            if (number < SMALL.size()) {
                return SMALL.get(number);
            }
            if (number > 99) {
                return Integer.toString(number);
            }
            var tens = TENS.get(number / 10);
            return number % 10 == 0
                    ? tens
                    : tens + "-" + SMALL.get(number % 10).toLowerCase(Locale.ROOT);
        }
    }
}
