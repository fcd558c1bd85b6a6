package org.stoa.catalog.rules;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The calendar of a cohort, or none.
 *
 * @param startsAt nothing opens before, and days count from here; null for a cohort that just goes
 *     on, and for who is in none
 * @param lessons when each of these opens, in place of what the release says
 */
public record Timetable(@Nullable Instant startsAt, Map<UUID, Instant> lessons) {
    public static final Timetable NONE = new Timetable(null, Map.of());

    public Timetable {
        lessons = lessons == null ? Map.of() : Map.copyOf(lessons);
    }
}
