package org.stoa.jobs.desk;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;

/** Jobs as the API says them. */
final class JobBodies {
    static final String LIST =
            "`state` is `waiting`, `running`, `open` (either), `done`, `dead`, `cancelled` or"
                    + " `joined`; `q` is an id, a key, or part of a kind or of a reason.";
    static final String LIFE =
            "Its attempts with their errors, and what it carries without secrets.";
    static final String CANCEL =
            "One that runs may have called others already; nothing that it writes from then"
                    + " on is kept.";
    static final String REPLAY =
            "Give their `kind`, or `all` as true. That is a job itself, whose `stepsDone` and"
                    + " `stepsTotal` say how far it is.";

    private JobBodies() {}

    record LaneBody(
            String lane,
            int waiting,
            int later,
            int running,
            long oldestSeconds,
            int doneLastMinute,
            int dead) {
        static LaneBody of(LaneState lane) {
            return new LaneBody(
                    lane.lane().word(),
                    lane.waiting(),
                    lane.later(),
                    lane.running(),
                    lane.oldest().toSeconds(),
                    lane.done(),
                    lane.dead());
        }
    }

    record LaneList(List<LaneBody> items) {
        static LaneList of(List<LaneState> lanes) {
            return new LaneList(lanes.stream().map(LaneBody::of).toList());
        }
    }

    record JobBody(
            UUID id,
            @Nullable String school,
            String kind,
            String lane,
            String state,
            @Nullable String key,
            int attempts,
            String reason,
            Instant enqueuedAt,
            Instant dueAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Long stepsDone,
            @Nullable Long stepsTotal) {
        static JobBody of(JobSummary job) {
            return new JobBody(
                    job.id(),
                    job.school(),
                    job.kind(),
                    job.lane().word(),
                    job.state(),
                    job.key().isEmpty() ? null : job.key(),
                    job.attempts(),
                    job.brief(),
                    job.enqueuedAt(),
                    job.dueAt(),
                    job.startedAt(),
                    job.finishedAt(),
                    job.stepsDone(),
                    job.stepsTotal());
        }
    }

    record JobList(List<JobBody> items, @Nullable String nextCursor) {
        static JobList of(Slice<JobSummary> some) {
            return new JobList(some.items().stream().map(JobBody::of).toList(), some.nextCursor());
        }
    }

    record EventBody(
            int attempt,
            String outcome,
            Instant startedAt,
            Instant endedAt,
            String by,
            String error) {}

    /**
     * @param payload as JSON in a text, secrets left out; empty where nothing is kept
     */
    record LifeBody(JobBody job, String payload, List<EventBody> events) {
        static LifeBody of(JobLife life) {
            return new LifeBody(
                    JobBody.of(life.job()),
                    life.payload(),
                    life.events().stream()
                            .map(e ->
                                    new EventBody(
                                            e.number(),
                                            e.outcome(),
                                            e.startedAt(),
                                            e.endedAt(),
                                            e.by(),
                                            e.error()))
                            .toList());
        }
    }

    /**
     * @param kind of which kind
     * @param all whether all of them are meant, of whatever kind
     */
    record ReplayBody(@Nullable String kind, @Nullable Boolean all) {
        /** The kind, empty for all; nobody says all by saying nothing. */
        String meant() {
            if (kind != null && !kind.isEmpty()) {
                return kind;
            }
            if (!Boolean.TRUE.equals(all)) {
                throw new Problem.Invalid("kind", say("jobs.sayKindOrAll"));
            }
            return "";
        }
    }

    record StartedBody(UUID id) {}
}
