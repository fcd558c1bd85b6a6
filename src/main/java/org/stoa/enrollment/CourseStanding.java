package org.stoa.enrollment;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.rules.Attendance;
import org.stoa.catalog.rules.Timetable;

/**
 * Where one person stands with one course, as one row of the database says it.
 *
 * @param releaseId the course's current release; null before its first
 * @param enrolled the person has a place
 * @param open the person has a place, and at least one grant gives access now
 * @param lastLesson the lesson they were in last
 * @param positions seconds into each lesson that was opened, by lesson
 * @param enrolledAt when they joined; null where they have no place
 * @param timetable of the cohort they are in
 */
public record CourseStanding(
        UUID courseId,
        @Nullable UUID releaseId,
        boolean enrolled,
        boolean open,
        @Nullable UUID lastLesson,
        @Nullable Instant lastActivity,
        Set<UUID> completed,
        Map<UUID, Integer> positions,
        @Nullable Instant enrolledAt,
        Timetable timetable) {
    /** What decides which lessons are open to them. */
    public Attendance attendance() {
        return open ? Attendance.of(enrolledAt, timetable, completed) : Attendance.OUTSIDE;
    }
}
