package org.stoa.jobs.desk;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.jobs.JobKind.Lane;

/**
 * One job, as lists show it.
 *
 * @param school the name of its school in its address; null for the platform's own
 * @param state {@code waiting}, {@code running}, {@code done}, {@code dead}, {@code cancelled} or
 *     {@code joined} (another with its key did its work)
 * @param reason why it is dead, or why its last attempt was in vain; empty where nothing is wrong
 * @param worker who has it, or who ended it
 * @param known whether this program knows what to do with its kind
 */
public record JobSummary(
        UUID id,
        @Nullable String school,
        String kind,
        Lane lane,
        String state,
        String key,
        int attempts,
        String reason,
        Instant enqueuedAt,
        Instant dueAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        String worker,
        @Nullable Long stepsDone,
        @Nullable Long stepsTotal,
        boolean known) {
    /** The reason's first line. */
    public String brief() {
        var line = reason.lines().findFirst().orElse("");
        int colon = line.indexOf(": ");
        // The class of an exception says nothing to whoever reads a list.
        return colon > 0 && line.substring(0, colon).matches("[\\w.$]+")
                ? line.substring(colon + 2)
                : line;
    }

    public boolean isDead() {
        return state.equals("dead");
    }

    public boolean isOpen() {
        return state.equals("waiting") || state.equals("running");
    }

    /** Whole per cents of its steps that are done; -1 where it tells none. */
    public int percent() {
        var done = stepsDone;
        var total = stepsTotal;
        return done == null || total == null || total == 0 ? -1 : (int) (100 * done / total);
    }
}
