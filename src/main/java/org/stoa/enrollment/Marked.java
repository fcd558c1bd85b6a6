package org.stoa.enrollment;

import java.util.UUID;

/**
 * What is kept of a lesson after a mark, and what it makes of the course.
 *
 * @param revision grows with every change of this learner's progress in the course
 */
public record Marked(
        UUID lesson,
        LessonStatus status,
        int positionSeconds,
        String courseSlug,
        CourseProgress progress,
        long revision) {}
