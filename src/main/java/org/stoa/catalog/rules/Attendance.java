package org.stoa.catalog.rules;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What decides of a person whether a lesson is open to them.
 *
 * @param inside they have a place in the course, and it gives access now
 * @param since when they joined; null where they are not inside
 * @param done the lessons they have done
 * @param everything whoever teaches here is kept from nothing
 */
public record Attendance(
        boolean inside,
        @Nullable Instant since,
        Timetable timetable,
        Set<UUID> done,
        boolean everything) {
    public static final Attendance OUTSIDE =
            new Attendance(false, null, Timetable.NONE, Set.of(), false);

    public static Attendance of(@Nullable Instant since, Timetable timetable, Set<UUID> done) {
        return new Attendance(true, since, timetable, done, false);
    }

    /** The same person, kept from nothing. */
    public Attendance teaching() {
        return new Attendance(true, since, timetable, done, true);
    }

    /** As if they had done this one too. */
    Attendance with(UUID lesson) {
        var more = new HashSet<>(done);
        more.add(lesson);
        return new Attendance(inside, since, timetable, more, everything);
    }
}
