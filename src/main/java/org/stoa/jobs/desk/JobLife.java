package org.stoa.jobs.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that is known of one job.
 *
 * @param payload what it carries, as JSON with line breaks; secrets are left out, and it is empty
 *     where nothing is kept
 * @param events what befell it, the first first
 */
public record JobLife(JobSummary job, String payload, List<Event> events) {
    /**
     * An attempt that was in vain, or a replay.
     *
     * @param outcome {@code failed}, {@code timed out}, {@code lost} or {@code replayed}
     * @param by the worker, or the person who replayed it
     */
    public record Event(
            int number,
            String outcome,
            Instant startedAt,
            Instant endedAt,
            String by,
            String error) {
        public Duration took() {
            return Duration.between(startedAt, endedAt);
        }
    }
}
