package org.stoa.catalog;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that learners would find changed between two states of a course. Kept as JSON with each
 * release.
 *
 * @param lesson null where a module or the course is meant
 * @param title of the lesson or module; of what the course says of itself, its name: {@code
 *     summary}
 * @param detail what it was before, where that is worth a word; else empty
 */
public record Difference(Kind kind, @Nullable UUID lesson, String title, String detail) {
    /** What has become of it. */
    public enum Kind {
        /** A lesson that learners have not had. */
        ADDED,
        /** A lesson with another text or title. */
        CHANGED,
        /** A lesson at another place. */
        MOVED,
        /** A lesson that is no longer there. */
        REMOVED,
        /** A lesson that opens at another time, or to others. */
        RULES,
        /** A module by another name. */
        RENAMED,
        /** What the course says of itself. */
        ABOUT
    }
}
