package org.stoa.messaging.rounds;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;
import org.stoa.catalog.rules.Attendance;
import org.stoa.catalog.rules.Openings;
import org.stoa.enrollment.CourseProgress;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.Mails;
import org.stoa.tenancy.Caller;

/**
 * Asks who began a course and stopped whether they go on: once in a pause, somebody at most once in
 * a fortnight whatever the number of their courses, and never who has finished or can only wait.
 */
@Component
class Reminders {
    /**
     * Places of the school, from one on.
     *
     * @param after the last one that was looked at
     */
    record Slice(Instant now, UUID after) {}

    private static final JobKind<Slice> SLICE =
            new JobKind<>("remind-learners", Slice.class, JobKind.Lane.BULK).inOneTransaction();
    private static final UUID FIRST = new UUID(0, 0);
    private static final int AT_ONCE = 200;
    private static final Duration PAUSE = Duration.ofDays(7);

    /** Who has been away for longer has left; nobody runs after them. */
    private static final Duration LONGEST_PAUSE = Duration.ofDays(35);

    private static final Duration FORTNIGHT = Duration.ofDays(14);

    private final RoundStore store;
    private final Releases releases;
    private final Mails mails;
    private final Jobs jobs;

    Reminders(RoundStore store, Releases releases, Mails mails, Jobs jobs) {
        this.store = store;
        this.releases = releases;
        this.mails = mails;
        this.jobs = jobs;
        jobs.register(SLICE, this::remind);
    }

    void begin(Instant now) {
        jobs.enqueue(SLICE, new Slice(now, FIRST));
    }

    private void remind(Slice slice) {
        var now = slice.now();
        var places =
                store.paused(
                        now.minus(LONGEST_PAUSE),
                        now.minus(PAUSE),
                        now.minus(FORTNIGHT),
                        now,
                        slice.after(),
                        AT_ONCE);
        var reminded = new HashSet<UUID>();
        places.stream()
                .sorted(Comparator.comparing(RoundStore.Place::lastActivity).reversed())
                .forEach(place ->
                        next(place, now)
                                .filter(lesson -> reminded.add(place.learner()))
                                .ifPresent(lesson -> remind(place, lesson, now)));
        if (places.size() == AT_ONCE) {
            jobs.enqueue(SLICE, new Slice(now, places.getLast().enrollment()));
        }
    }

    /** The first that is open and not done; empty where there is nothing to go on with. */
    private Optional<ReleaseLesson> next(RoundStore.Place place, Instant now) {
        var release = releases.byId(place.release());
        if (CourseProgress.of(release, place.done()).finished()) {
            return Optional.empty();
        }
        var zone = Caller.current().school().timeZone();
        var person = Attendance.of(place.since(), place.timetable(), place.done());
        var openings = new Openings(release, person, zone, now);
        return release.counted().stream()
                .filter(it -> !place.done().contains(it.id()) && openings.open(it))
                .findFirst();
    }

    private void remind(RoundStore.Place place, ReleaseLesson lesson, Instant now) {
        store.reminded(place.enrollment(), now);
        mails.send(
                MailKind.REMINDER,
                place.learner(),
                Map.of(
                        "course", releases.byId(place.release()).title(),
                        "lesson", lesson.title(),
                        "path", "/learn/" + place.slug() + "/" + lesson.slug()),
                "paused " + place.enrollment() + " " + place.lastActivity().getEpochSecond());
    }
}
