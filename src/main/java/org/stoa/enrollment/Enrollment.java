package org.stoa.enrollment;

import java.util.UUID;

/** A person's place in a course. */
public record Enrollment(UUID id, UUID courseId, UUID personId, EnrollmentStatus status) {}
