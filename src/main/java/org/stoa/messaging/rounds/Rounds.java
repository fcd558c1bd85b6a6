package org.stoa.messaging.rounds;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import org.springframework.stereotype.Component;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.jobs.Rhythm;
import org.stoa.tenancy.Caller;

/**
 * Looks round each school once an hour: one job for all there is to look for. How far it looked is
 * a row that is locked while it looks, so two that look at once do not tell the same hour.
 */
@Component
class Rounds {
    record Round() {}

    static final JobKind<Round> ROUND =
            new JobKind<>("look-round", Round.class, JobKind.Lane.BULK).inOneTransaction();
    private static final Duration HOUR = Duration.ofHours(1);

    /** A server that stood still for longer does not tell what opened before. */
    private static final Duration LONGEST_LOOK_BACK = Duration.ofDays(14);

    private static final LocalTime DIGEST = LocalTime.of(7, 0);
    private static final LocalTime REMINDERS = LocalTime.of(10, 0);

    private final RoundStore store;
    private final LessonsOpening opening;
    private final Digests digests;
    private final Reminders reminders;
    private final Clock clock;

    Rounds(
            Jobs jobs,
            RoundStore store,
            LessonsOpening opening,
            Digests digests,
            Reminders reminders,
            Clock clock) {
        this.store = store;
        this.opening = opening;
        this.digests = digests;
        this.reminders = reminders;
        this.clock = clock;
        jobs.recurInEachSchool(ROUND, new Round(), Rhythm.every(HOUR), round -> look());
    }

    void look() {
        var now = clock.instant();
        openings(now);
        var here = now.atZone(Caller.current().school().timeZone());
        var today = here.toLocalDate();
        var morning = today.atTime(REMINDERS).atZone(here.getZone()).toInstant();
        if (comes("reminders", morning, now)) {
            reminders.begin(now);
        }
        var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var week = monday.atTime(DIGEST).atZone(here.getZone());
        // On that morning alone: a digest in the middle of the week is no news.
        if (comes("digest", week.toInstant(), now) && today.equals(monday)) {
            digests.begin(week.minusWeeks(1).toInstant(), week.toInstant(), monday);
        }
    }

    private void openings(Instant now) {
        var until = store.lookedUntil("openings");
        store.look("openings", now);
        if (until.isPresent() && until.get().isBefore(now)) {
            var longest = now.minus(LONGEST_LOOK_BACK);
            opening.begin(until.get().isBefore(longest) ? longest : until.get(), now);
        }
    }

    /** Whether this moment has come, and was not there when the school was looked at last. */
    private boolean comes(String kind, Instant moment, Instant now) {
        if (now.isBefore(moment)) {
            return false;
        }
        var until = store.lookedUntil(kind);
        if (until.isPresent() && !until.get().isBefore(moment)) {
            return false;
        }
        store.look(kind, now);
        return true;
    }
}
