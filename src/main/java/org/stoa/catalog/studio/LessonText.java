package org.stoa.catalog.studio;

import java.time.Instant;
import java.util.UUID;

/**
 * A lesson's text in the draft, now or at an earlier version.
 *
 * @param markdown links to lessons are {@code lesson:KEY#anchor}, to files {@code file:PATH}
 * @param version from 1; a write names the one it has seen
 */
public record LessonText(
        UUID id,
        String course,
        String slug,
        String title,
        String markdown,
        int minutes,
        int version,
        Instant writtenAt) {}
