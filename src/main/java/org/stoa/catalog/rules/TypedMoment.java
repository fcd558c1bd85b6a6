package org.stoa.catalog.rules;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.WallClock;
import org.stoa.tenancy.WallClock.Read;

/** A date and a time as somebody typed them, by the clocks of their school. */
public final class TypedMoment {
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    private TypedMoment() {}

    /**
     * The moment that is meant; null for none, or where an error was added.
     *
     * @param present what stands there: typed as it is shown, it stays as it is
     * @param notes gets what whoever typed it should know
     */
    public static @Nullable Instant read(
            String field,
            String typed,
            @Nullable Instant present,
            ZoneId zone,
            List<FieldError> errors,
            List<String> notes) {
        if (typed.isBlank()) {
            return null;
        }
        if (present != null && typed.strip().equals(WallClock.typed(present, zone))) {
            return present;
        }
        return switch (WallClock.read(typed, zone)) {
            case Read.At(var at) -> at;
            case Read.Twice(var first, var second) -> {
                notes.add(
                        say(
                                "rules.clocksTwice",
                                zone.getId(),
                                WallClock.said(LocalDateTime.ofInstant(first, zone))));
                yield first;
            }
            case Read.Never(var instead) -> {
                errors.add(
                        new FieldError(
                                field,
                                say("rules.clocksNever", zone.getId(), WallClock.said(instead))));
                yield null;
            }
            case Read.Unreadable unreadable -> {
                errors.add(new FieldError(field, say("rules.noSuchMoment")));
                yield null;
            }
        };
    }

    /** Holds a moment that a program sent to what can be kept and shown. */
    public static void check(String field, @Nullable Instant at, List<FieldError> errors) {
        if (at != null && (at.isBefore(FIRST) || !at.isBefore(LAST))) {
            errors.add(new FieldError(field, say("rules.years")));
        }
    }
}
