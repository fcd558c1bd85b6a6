package org.stoa.catalog.publishing;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.stoa.shared.Problem;
import org.stoa.shared.Words;

/** Days and hours as the school's own clock on the wall shows them. */
final class SchoolTime {
    private static final int MOST_YEARS = 5;
    private static final DateTimeFormatter HOURS =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final ZoneId zone;

    SchoolTime(ZoneId zone) {
        this.zone = zone;
    }

    /** {@code Europe/Stockholm}; {@code UTC}. */
    String name() {
        return zone instanceof ZoneOffset ? "UTC" : zone.getId();
    }

    /** {@code Saturday 21 November 2026, 14:05}. */
    String words(Instant instant) {
        return DateTimeFormatter.ofPattern(say("studio.when.clock"), Words.language().locale())
                .format(of(instant));
    }

    LocalDateTime of(Instant instant) {
        return LocalDateTime.ofInstant(instant, zone);
    }

    /**
     * The moment that a form means. An hour that comes twice when the clocks go back is taken as
     * its first.
     *
     * @param day {@code 2026-11-21}
     * @param time {@code 14:05}
     * @throws Problem.Invalid for the field {@code day} or {@code time}
     */
    Instant at(String day, String time, Clock clock) {
        var local = LocalDateTime.of(day(day), time(time));
        var gap = zone.getRules().getTransition(local);
        if (gap != null && gap.isGap()) {
            throw new Problem.Invalid(
                    "time",
                    say(
                            "studio.when.gap",
                            HOURS.format(local),
                            HOURS.format(gap.getDateTimeBefore()),
                            HOURS.format(gap.getDateTimeAfter())));
        }
        var moment = local.atZone(zone).toInstant();
        var now = clock.instant();
        if (!moment.isAfter(now)) {
            throw new Problem.Invalid(
                    local.toLocalDate().isBefore(of(now).toLocalDate()) ? "day" : "time",
                    say("studio.when.passed", HOURS.format(of(now)), name()));
        }
        if (local.isAfter(of(now).plusYears(MOST_YEARS))) {
            throw new Problem.Invalid("day", say("studio.when.passed5"));
        }
        return moment;
    }

    private static LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed.strip());
        } catch (DateTimeException wrong) {
            throw new Problem.Invalid(
                    "day",
                    typed.isBlank() ? say("studio.when.chooseDay") : say("studio.when.noSuchDay"));
        }
    }

    private static LocalTime time(String typed) {
        try {
            return LocalTime.parse(typed.strip());
        } catch (DateTimeException wrong) {
            throw new Problem.Invalid(
                    "time",
                    typed.isBlank()
                            ? say("studio.when.chooseTime")
                            : say("studio.when.noSuchTime"));
        }
    }
}
