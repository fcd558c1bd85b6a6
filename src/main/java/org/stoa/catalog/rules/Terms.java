package org.stoa.catalog.rules;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.people.CourseStanding;

/**
 * On what terms a course takes learners in. They count from the moment they are set.
 *
 * @param opensAt nobody joins before; null for at any time
 * @param closesAt nobody joins from then on; null for never
 * @param capacity how many may learn it at once; null for any number
 * @param learners how many do
 * @param first the courses to be finished before
 * @param version goes up when they change; a write names the one it has seen
 * @param others the school's other courses: those it could come after
 * @param standing what the caller is in the course; null for who does not teach it
 */
public record Terms(
        UUID course,
        String slug,
        String title,
        @Nullable Instant opensAt,
        @Nullable Instant closesAt,
        @Nullable Integer capacity,
        int learners,
        List<Before> first,
        int version,
        List<Before> others,
        @Nullable CourseStanding standing) {

    /** Whether the caller may set them. */
    public boolean settable() {
        return standing != null && standing.leads();
    }

    /**
     * A course to be finished before.
     *
     * @param published where it is not, nobody waits for it
     */
    public record Before(UUID id, String slug, String title, boolean published) {}

    /**
     * What is wanted.
     *
     * @param first addresses of courses
     */
    public record Wanted(
            @Nullable Instant opensAt,
            @Nullable Instant closesAt,
            @Nullable Integer capacity,
            List<String> first) {}

    /** What came of setting them. */
    public sealed interface Written {
        record Kept(int version) implements Written {}

        /** Somebody else set them since; nothing was changed. */
        record Overtaken(Terms theirs) implements Written {}
    }

    Wanted wanted() {
        return new Wanted(
                opensAt, closesAt, capacity, first.stream().map(Before::slug).sorted().toList());
    }
}
