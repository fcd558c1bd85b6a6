package org.stoa.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** When recurring work comes next: the same moment for every node that asks. */
@FunctionalInterface
public interface Rhythm {
    /** The first moment after this one. */
    Instant after(Instant now);

    /** At whole multiples of this time since 1970: each ten minutes is at :00, :10, :20, … */
    static Rhythm every(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 1) {
            throw new IllegalArgumentException("At least a second");
        }
        return now ->
                Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), seconds) + 1) * seconds);
    }

    /**
     * Once a day, when clocks there show this time; on the day that leaves it out, as soon after.
     */
    static Rhythm daily(LocalTime time, ZoneId zone) {
        return now -> {
            var day = now.atZone(zone).toLocalDate();
            var at = day.atTime(time).atZone(zone).toInstant();
            return at.isAfter(now) ? at : day.plusDays(1).atTime(time).atZone(zone).toInstant();
        };
    }
}
