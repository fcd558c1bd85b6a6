package org.stoa.enrollment;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where one person stands with one course, as one row of the database says it.
 *
 * @param releaseId the course's current release; null before its first
 * @param enrolled the person has a place
 * @param open the person has a place, and at least one grant gives access now
 * @param lastLesson the lesson they were in last
 * @param positions seconds into each lesson that was opened, by lesson
 */
public record CourseStanding(
        UUID courseId,
        @Nullable UUID releaseId,
        boolean enrolled,
        boolean open,
        @Nullable UUID lastLesson,
        @Nullable Instant lastActivity,
        Set<UUID> completed,
        Map<UUID, Integer> positions) {}
