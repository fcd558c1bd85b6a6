package org.stoa.catalog.studio;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line in a lesson's history.
 *
 * @param by who wrote it; null where it came in with an import or before there was a history
 */
public record LessonVersion(
        int version, String title, @Nullable String by, Instant at, int words) {}
