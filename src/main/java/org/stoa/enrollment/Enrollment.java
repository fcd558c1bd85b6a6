package org.stoa.enrollment;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's place in a course.
 *
 * @param open a grant gives access, or will
 * @param cohort the one they are in; null for none
 */
public record Enrollment(
        UUID id,
        UUID courseId,
        UUID personId,
        EnrollmentStatus status,
        boolean open,
        @Nullable UUID cohort) {}
