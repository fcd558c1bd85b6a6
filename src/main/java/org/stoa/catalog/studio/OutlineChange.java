package org.stoa.catalog.studio;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to a draft's outline.
 *
 * @param title of what it was done to
 * @param detail how many others it was done to, the title before, or that of the other course in
 *     which a lesson's text stands; else empty
 * @param by null when they are gone, or the school itself did it
 * @param undoable it can be undone at one click
 */
public record OutlineChange(
        UUID id,
        Kind kind,
        String title,
        String detail,
        @Nullable String by,
        Instant at,
        boolean undoable,
        boolean undone) {

    /** What was done. */
    public enum Kind {
        MODULE_ADDED,
        LESSON_ADDED,
        LESSON_COPIED,
        MODULE_RENAMED,
        MODULE_MOVED,
        LESSONS_MOVED,
        LESSONS_BINNED,
        MODULE_BINNED,
        LESSONS_RESTORED,
        BROUGHT_BACK
    }

    /**
     * How it is undone.
     *
     * @param bin lessons to throw away
     * @param restore lessons to take out of the bin
     * @param places lessons, and where they shall stand again, the last first
     * @param module to be moved before another, or called as before, or thrown away
     * @param title null where the module keeps its own
     */
    record Undo(
            List<UUID> bin,
            List<UUID> restore,
            List<Place> places,
            @Nullable UUID module,
            @Nullable UUID before,
            @Nullable String title) {
        /** Nothing is known of how. */
        static final Undo NONE = new Undo(List.of(), List.of(), List.of(), null, null, null);

        static Undo bin(List<UUID> lessons) {
            return new Undo(lessons, List.of(), List.of(), null, null, null);
        }

        static Undo restore(List<UUID> lessons) {
            return new Undo(List.of(), lessons, List.of(), null, null, null);
        }

        static Undo places(List<Place> places) {
            return new Undo(List.of(), List.of(), places, null, null, null);
        }

        static Undo module(UUID module, @Nullable UUID before, @Nullable String title) {
            return new Undo(List.of(), List.of(), List.of(), module, before, title);
        }
    }

    /**
     * @param before null for the end of the module
     */
    record Place(UUID lesson, UUID module, @Nullable UUID before) {}
}
