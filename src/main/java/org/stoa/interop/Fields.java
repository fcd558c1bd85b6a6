package org.stoa.interop;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Problem;

/** The cells of one row by their columns. Each refuses what it is not with a sentence. */
final class Fields {
    private static final int LONGEST_SHOWN = 60;
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Map<String, Integer> columns;
    private final List<String> cells;

    Fields(Map<String, Integer> columns, List<String> cells) {
        this.columns = columns;
        this.cells = cells;
    }

    String text(String column) {
        var at = columns.get(column);
        var text = at == null || at >= cells.size() ? "" : cells.get(at);
        if (text.indexOf('\0') >= 0) {
            throw wrong(column, "holds a character that cannot be kept");
        }
        return text;
    }

    /** An e-mail address as people are told apart by. */
    String email(String column) {
        var email = text(column).strip().toLowerCase(Locale.ROOT);
        if (email.isEmpty()) {
            throw wrong(column, "is empty");
        }
        return email;
    }

    /** One of the words of an enumeration, in small letters. */
    <E extends Enum<E>> E word(String column, Class<E> words) {
        var text = text(column).strip();
        for (var one : words.getEnumConstants()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
                return one;
            }
        }
        throw wrong(column, "cannot be " + shown(text));
    }

    int number(String column) {
        var text = text(column).strip();
        if (!text.matches("[0-9]{1,9}")) {
            throw wrong(column, "is no number: " + shown(text));
        }
        return Integer.parseInt(text);
    }

    Instant time(String column) {
        var time = timeOrNone(column);
        if (time == null) {
            throw wrong(column, "is empty");
        }
        return time;
    }

    @Nullable Instant timeOrNone(String column) {
        var text = text(column).strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            var time = Instant.parse(text);
            if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
                return time;
            }
        } catch (DateTimeException noTime) {
            throw wrong(column, "is no time like 2026-03-29T09:00:00Z: " + shown(text));
        }
        throw wrong(column, "is too far away: " + shown(text));
    }

    Problem.Invalid wrong(String column, String how) {
        return new Problem.Invalid(column, "The " + column + " " + how + ".");
    }

    private static String shown(String text) {
        return "'"
                + (text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…")
                + "'";
    }
}
