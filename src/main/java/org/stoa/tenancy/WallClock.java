package org.stoa.tenancy;

import static org.stoa.shared.Words.say;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.stoa.shared.Words;

/**
 * The clocks of a school, as its teachers read them: {@code 2026-03-29T09:00} is a moment there,
 * but for the hour that is left out in spring, and the one that comes twice in autumn.
 */
public final class WallClock {
    private static final Pattern SHAPE =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2})?");
    private static final DateTimeFormatter TYPED =
            new DateTimeFormatterBuilder()
                    .appendPattern("uuuu-MM-dd'T'HH:mm[:ss]")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
    private static final Map<Locale, DateTimeFormatter> SHOWN = new ConcurrentHashMap<>();
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2199;

    private WallClock() {}

    /** What somebody meant by a date and a time. */
    public sealed interface Read {
        /** One moment. */
        record At(Instant at) implements Read {}

        /**
         * The clocks show it twice, an hour apart: they are put back.
         *
         * @param first what is meant unless somebody says otherwise
         */
        record Twice(Instant first, Instant second) implements Read {}

        /**
         * The clocks never show it: they are put forward over it.
         *
         * @param instead what they show at the moment it would have been
         */
        record Never(LocalDateTime instead) implements Read {}

        /** No date that there is. */
        record Unreadable() implements Read {}
    }

    /**
     * @param typed as {@code 2026-03-29T09:00}, with seconds or without; a space for the T
     */
    public static Read read(String typed, ZoneId zone) {
        var text = typed.strip();
        if (!SHAPE.matcher(text).matches()) {
            return new Read.Unreadable();
        }
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(text.replace(' ', 'T'), TYPED);
        } catch (DateTimeException noSuchDate) {
            return new Read.Unreadable();
        }
        if (local.getYear() < FIRST_YEAR || local.getYear() > LAST_YEAR) {
            return new Read.Unreadable();
        }
        var offsets = zone.getRules().getValidOffsets(local);
        return switch (offsets.size()) {
            case 0 -> new Read.Never(local.atZone(zone).toLocalDateTime());
            case 1 -> new Read.At(local.toInstant(offsets.getFirst()));
            default ->
                    new Read.Twice(
                            local.toInstant(offsets.getFirst()),
                            local.toInstant(offsets.getLast()));
        };
    }

    /**
     * As it is typed: {@code 2026-03-29T09:00}; the second of a time that comes twice looks so too.
     */
    public static String typed(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT)
                .format(at.atZone(zone));
    }

    /** As it is said: {@code 29 March 2026 at 09:00 (Europe/Berlin)}. */
    public static String said(Instant at, ZoneId zone) {
        return said(LocalDateTime.ofInstant(at, zone)) + " (" + zone.getId() + ")";
    }

    /** As it is said where the clocks are known: {@code 29 March 2026 at 09:00}. */
    public static String said(LocalDateTime at) {
        return SHOWN.computeIfAbsent(
                        Words.language().locale(),
                        locale -> DateTimeFormatter.ofPattern(say("page.wallClock"), locale))
                .format(at);
    }
}
