package org.stoa.enrollment;

import java.time.Instant;
import java.util.UUID;

/**
 * What a learner's device says of a lesson.
 *
 * @param positionSeconds how far into it they were, in seconds of reading or watching
 * @param at when that was; never later than now
 */
public record LessonMark(UUID lesson, LessonStatus status, int positionSeconds, Instant at) {}
