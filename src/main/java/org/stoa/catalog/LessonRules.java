package org.stoa.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When a lesson opens and to whom, as a release holds it.
 *
 * @param required counts towards the end of the course
 * @param taste open to anyone, signed in or not
 * @param opensAt not before; null at once
 * @param opensAfterDays calendar days after somebody joined, at the same time of the day by the
 *     school's clocks; null at once. Where both are there, the later counts
 * @param after ids of lessons of the course that are to be done before
 */
public record LessonRules(
        @Nullable Boolean required,
        boolean taste,
        @Nullable Instant opensAt,
        @Nullable Integer opensAfterDays,
        List<UUID> after) {
    /** Required, and open to whoever has a place in the course. */
    public static final LessonRules NONE = new LessonRules(true, false, null, null, List.of());

    // Documents of older releases do not say.
    public LessonRules {
        required = required == null || required;
        after = after == null ? List.of() : List.copyOf(after);
    }

    public boolean counts() {
        return !Boolean.FALSE.equals(required);
    }

    /** Whether it opens to a learner at once. */
    public boolean openAtOnce() {
        return taste || (opensAt == null && opensAfterDays == null && after.isEmpty());
    }

    LessonRules after(List<UUID> lessons) {
        return new LessonRules(required, taste, opensAt, opensAfterDays, lessons);
    }
}
