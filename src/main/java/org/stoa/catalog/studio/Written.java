package org.stoa.catalog.studio;

import java.time.Instant;

/** What came of writing a lesson's text. */
public sealed interface Written {
    /** It stands; the next write names this version. */
    record Kept(int version, int minutes, Instant at) implements Written {}

    /** Somebody else wrote since; nothing was changed. */
    record Overtaken(LessonText theirs) implements Written {}
}
