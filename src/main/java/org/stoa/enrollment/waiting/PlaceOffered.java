package org.stoa.enrollment.waiting;

import java.time.Instant;
import java.util.UUID;

/** A place in a course is kept for somebody until then; told inside the transaction. */
public record PlaceOffered(UUID course, UUID person, Instant until) {}
