package org.stoa.catalog.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a lesson opens, as course.yaml says it.
 *
 * @param opens a date and a time by the school's clocks, {@code 2026-09-28T09:00}, or a moment with
 *     its offset, {@code 2026-09-28T09:00+02:00}; empty for none
 * @param days after joining; null for none
 * @param after keys of lessons to be done before
 */
public record SourceRules(
        boolean hidden,
        boolean optional,
        boolean taste,
        String opens,
        @Nullable Integer days,
        List<String> after) {
    public static final SourceRules NONE =
            new SourceRules(false, false, false, "", null, List.of());
}
