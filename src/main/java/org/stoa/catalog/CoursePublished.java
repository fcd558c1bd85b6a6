package org.stoa.catalog;

import java.util.UUID;

/** A course got a new release, in the transaction at hand. */
public record CoursePublished(UUID organization, UUID course, UUID release) {}
