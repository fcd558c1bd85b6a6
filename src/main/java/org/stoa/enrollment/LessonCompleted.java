package org.stoa.enrollment;

import java.util.UUID;

/** A learner did a lesson for the first time, in the transaction at hand. */
public record LessonCompleted(UUID organization, UUID course, UUID lesson, UUID learner) {}
