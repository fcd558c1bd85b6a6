package org.stoa.enrollment.cohorts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A group that goes through a course together.
 *
 * @param startsAt nothing opens before, and days count from here; null for at once
 * @param joinable learners may join it themselves
 * @param capacity how many it takes; null for any number
 * @param taken how many are in it
 * @param calendar when lessons open to it, in place of what the release says
 * @param version goes up when it changes; a write names the one it has seen
 */
public record Cohort(
        UUID id,
        String name,
        @Nullable Instant startsAt,
        boolean joinable,
        @Nullable Integer capacity,
        int taken,
        Map<UUID, Instant> calendar,
        int version) {
    /** What is wanted of one. */
    public record Wanted(
            String name,
            @Nullable Instant startsAt,
            boolean joinable,
            @Nullable Integer capacity,
            Map<UUID, Instant> calendar) {}

    /** Somebody in it. */
    public record Learner(UUID id, String name, String email) {}

    /** A cohort and who is in it. */
    public record Roll(Cohort cohort, List<Learner> learners) {}

    Wanted wanted() {
        return new Wanted(name, startsAt, joinable, capacity, calendar);
    }
}
