package org.stoa.enrollment;

import java.util.UUID;

/** A person got a place in a course, in the transaction at hand. */
public record LearnerEnrolled(UUID organization, UUID enrollment, UUID course, UUID learner) {}
