package org.stoa.enrollment.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.stoa.enrollment.EnrollmentStatus;

/**
 * Somebody's place in a course, with one of the reasons they have it: one with three reasons is
 * three of these.
 *
 * @param email in small letters
 * @param course its name in its address
 * @param lastLesson the key, in the course's folder, of the lesson they were in; empty for none
 * @param grant null where no reason is left
 */
public record PlaceRecord(
        String email,
        String course,
        EnrollmentStatus status,
        Instant enrolledAt,
        Instant lastActivityAt,
        String lastLesson,
        @Nullable Grant grant) {

    /**
     * Why somebody has a place.
     *
     * @param source one of {@link LearningRecords#SOURCES}
     * @param reference what it goes back to, such as an order; may be empty
     * @param endsAt null where it does not end
     */
    public record Grant(
            String source, String reference, Instant startsAt, @Nullable Instant endsAt) {}
}
