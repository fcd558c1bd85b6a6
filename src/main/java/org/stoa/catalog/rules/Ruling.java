package org.stoa.catalog.rules;

import java.util.List;
import java.util.UUID;
import org.stoa.catalog.LessonRules;

/**
 * The rules of a lesson in the draft.
 *
 * @param version goes up when they change; a write names the one it has seen
 * @param others the course's other lessons, in its order: those it could wait for
 */
public record Ruling(
        UUID lesson,
        String title,
        boolean hidden,
        LessonRules rules,
        int version,
        List<Other> others) {

    /**
     * Another lesson of the course.
     *
     * @param number as it stands in the outline: {@code 3.3}; empty in the bin
     */
    public record Other(
            UUID id,
            String number,
            String title,
            boolean hidden,
            boolean binned,
            List<UUID> after) {}

    /** What came of writing them. */
    public sealed interface Written {
        record Kept(int version) implements Written {}

        /** Somebody else changed them since; nothing was written. */
        record Overtaken(Ruling theirs) implements Written {}
    }
}
