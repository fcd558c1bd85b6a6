package org.stoa.enrollment.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.stoa.enrollment.LessonStatus;

/**
 * How far somebody is in a lesson.
 *
 * @param email in small letters
 * @param course its name in its address
 * @param lesson its key in the course's folder
 * @param completedAt null unless it is completed
 */
public record ProgressRecord(
        String email,
        String course,
        String lesson,
        LessonStatus status,
        int positionSeconds,
        Instant startedAt,
        @Nullable Instant completedAt,
        Instant updatedAt) {}
