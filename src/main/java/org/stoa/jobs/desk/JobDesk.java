package org.stoa.jobs.desk;

import static org.stoa.shared.Words.say;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.jobs.Job;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.JobRun;
import org.stoa.jobs.Jobs;
import org.stoa.jobs.Rhythm;
import org.stoa.shared.Characters;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;

/**
 * What an administrator does with jobs: sees how the lanes are, looks for a job, takes one back,
 * has dead ones tried again. At a school's site it is that school's jobs, at the platform's all.
 */
@Service
public class JobDesk {
    private static final int AT_ONCE = 200;
    private static final int LONGEST_KIND = 100;
    private static final JobKind<Replay> REPLAY =
            new JobKind<>("replay-dead-jobs", Replay.class, JobKind.Lane.DEFAULT)
                    .timeLimit(Duration.ofHours(1));
    private static final JobKind<Nothing> WATCH =
            new JobKind<>("watch-lanes", Nothing.class, JobKind.Lane.CRITICAL).attempts(3);
    private static final JobKind<Nothing> FORGET =
            new JobKind<>("forget-finished-jobs", Nothing.class, JobKind.Lane.BULK);

    private final DeskStore store;
    private final ReplayStore replays;
    private final Jobs jobs;
    private final Payloads payloads;
    private final Clock clock;

    JobDesk(
            DeskStore store,
            ReplayStore replays,
            Jobs jobs,
            Payloads payloads,
            org.stoa.jobs.JobSettings settings,
            Clock clock) {
        this.store = store;
        this.replays = replays;
        this.jobs = jobs;
        this.payloads = payloads;
        this.clock = clock;
        jobs.register(REPLAY, this::replayMany);
        jobs.recur(
                WATCH, new Nothing(), Rhythm.every(Duration.ofMinutes(1)), it -> replays.sample());
        jobs.recur(
                FORGET,
                new Nothing(),
                Rhythm.every(Duration.ofHours(1)),
                it -> replays.forget(settings.keptDays()));
    }

    record Nothing() {}

    /**
     * @param school null for all
     * @param kind null for all
     */
    record Replay(@Nullable UUID school, @Nullable String kind, Instant diedBefore, String who) {}

    /**
     * What to look for; empty for anything.
     *
     * @param state one of {@link JobSummary}'s, or {@code open} for those that have not ended
     * @param text an id, a key, a school, or part of a kind or of a reason
     */
    public record Search(String state, String kind, String text) {
        static final Set<String> STATES =
                Set.of("", "open", "waiting", "running", "done", "dead", "cancelled", "joined");

        public Search {
            kind = Characters.kept(kind);
            text = Characters.kept(text);
        }
    }

    public List<LaneState> lanes() {
        return LaneState.of(store.now(Sight.here()));
    }

    /** The lanes now, and how they were: over a day, or else over the last hour. */
    public Overview overview(boolean day) {
        var span = day ? Duration.ofDays(1) : Duration.ofHours(1);
        var step = day ? Duration.ofMinutes(20) : Duration.ofMinutes(1);
        var points = store.overview(Sight.here(), span, step);
        return new Overview(
                LaneState.of(points), LanePlots.of(points, clock.instant(), span, step));
    }

    /** What the first page shows. */
    public record Overview(List<LaneState> lanes, LanePlots plots) {}

    /** The names of the kinds that there are, in order. */
    public List<String> kinds() {
        return jobs.kinds().stream().sorted().toList();
    }

    /**
     * The newest first.
     *
     * @throws Problem.Invalid for a state that there is not, or a cursor of another's making
     */
    public Slice<JobSummary> list(Search search, @Nullable String cursor, int most) {
        if (!Search.STATES.contains(search.state())) {
            throw new Problem.Invalid("state", say("jobs.noState"));
        }
        var sought =
                new DeskStore.Sought(
                        search.state(),
                        search.kind(),
                        search.text(),
                        Slice.after(cursor),
                        most + 1);
        return Slice.of(store.list(Sight.here(), sought, jobs.kinds()), most, JobSummary::id);
    }

    /**
     * @throws Problem.NotFound where there is none, or another school has it
     */
    public JobLife life(UUID id) {
        var sight = Sight.here();
        var found =
                store.find(sight, id, jobs.kinds())
                        .orElseThrow(() -> new Problem.NotFound(say("jobs.none")));
        var data = found.data();
        var payload = data == null ? "" : payloads.shown(new String(data, StandardCharsets.UTF_8));
        return new JobLife(found.job(), payload, store.events(sight, id));
    }

    /**
     * Takes a job back; one that runs may have called others already.
     *
     * @throws Problem.NotFound where there is none
     * @throws Problem.Conflict when it has ended
     */
    public void cancel(UUID id) {
        var job = life(id).job();
        if (!job.isOpen() || !jobs.cancel(id, Sight.here().school(), who())) {
            throw new Problem.Conflict(say("jobs.ended"));
        }
    }

    /**
     * Has a dead job wait again.
     *
     * @throws Problem.NotFound where there is none
     * @throws Problem.Conflict when it is not dead
     */
    public void replay(UUID id) {
        if (replays.replay(Sight.here(), id, null, null, 1, who()) == 0) {
            life(id);
            throw new Problem.Conflict(say("jobs.notDead"));
        }
    }

    /** Those of them that are dead wait again. */
    public int replay(List<UUID> ids) {
        var sight = Sight.here();
        var who = who();
        return ids.stream().mapToInt(id -> replays.replay(sight, id, null, null, 1, who)).sum();
    }

    /**
     * Has all that are dead by now wait again, which is a job itself and tells how far it is.
     *
     * @param kind empty for all
     * @return that job
     * @throws Problem.Invalid for a {@code kind} that none can have
     */
    public UUID replayAll(String kind) {
        if (kind.length() > LONGEST_KIND || !kind.matches("[a-z0-9-]*")) {
            throw new Problem.Invalid("kind", say("jobs.noSuchKind"));
        }
        var school = Sight.here().school();
        if (!kind.isEmpty()
                && !jobs.kinds().contains(kind)
                && replays.dead(new Sight(school), kind, clock.instant()) == 0) {
            throw new Problem.Invalid("kind", say("jobs.noSuchKind"));
        }
        var wish = new Replay(school, kind.isEmpty() ? null : kind, clock.instant(), who());
        var job = Job.of(REPLAY, wish).key(kind.isEmpty() ? "all" : kind);
        return jobs.enqueue(school == null ? job.forThePlatform() : job);
    }

    private void replayMany(Replay wish) {
        var sight = new Sight(wish.school());
        long left = replays.dead(sight, wish.kind(), wish.diedBefore());
        long done = 0;
        int moved;
        do {
            JobRun.current().progress(done, Math.max(done, left));
            moved =
                    replays.replay(
                            sight, null, wish.kind(), wish.diedBefore(), AT_ONCE, wish.who());
            done += moved;
        } while (moved > 0);
        JobRun.current().progress(done, done);
    }

    private static String who() {
        var name = Caller.current().name();
        return name.isEmpty() ? say("jobs.office") : name;
    }
}
