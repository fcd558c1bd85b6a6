package org.stoa.messaging.preferences;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The hours of a day in which nobody is written to without need, from one full hour to another,
 * also over midnight. The same hour twice is no time at all.
 */
record QuietHours(int from, int until) {
    /** When a mail may go that would be sent now; empty when it may go now. */
    Optional<Instant> end(Instant now, ZoneId zone) {
        var here = now.atZone(zone);
        int hour = here.getHour();
        boolean quiet = from <= until ? hour >= from && hour < until : hour >= from || hour < until;
        if (!quiet) {
            return Optional.empty();
        }
        // By the day's own clock: where it is put back or forward, it is still that hour.
        var day = hour < until ? here.toLocalDate() : here.toLocalDate().plusDays(1);
        return Optional.of(day.atTime(until, 0).atZone(zone).toInstant());
    }
}
