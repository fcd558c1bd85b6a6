package org.stoa.messaging.rounds;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;
import org.stoa.catalog.rules.Attendance;
import org.stoa.catalog.rules.Openings;
import org.stoa.catalog.rules.Timetable;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.Mails;
import org.stoa.messaging.notifications.Notifications;
import org.stoa.tenancy.Caller;

/**
 * Tells learners what has opened to them by the clock: by a date, some days after they joined, by
 * the calendar of their group. What is open is decided where everything else asks, in {@link
 * Openings}, once for the moment that was looked at last and once for now.
 */
@Component
class LessonsOpening {
    /**
     * Courses of the school, from one on.
     *
     * @param after the last one that was looked at
     */
    record Look(Instant from, Instant to, UUID after) {}

    /** Learners of a course, from one on. */
    record Opened(UUID course, Instant from, Instant to, UUID after) {}

    private static final JobKind<Look> LOOK =
            new JobKind<>("look-for-openings", Look.class, JobKind.Lane.BULK).inOneTransaction();
    private static final JobKind<Opened> OPENED =
            new JobKind<>("tell-of-opening", Opened.class, JobKind.Lane.BULK).inOneTransaction();
    private static final UUID FIRST = new UUID(0, 0);
    private static final int AT_ONCE = 200;

    private final RoundStore store;
    private final Releases releases;
    private final Notifications notifications;
    private final Mails mails;
    private final Jobs jobs;

    LessonsOpening(
            RoundStore store,
            Releases releases,
            Notifications notifications,
            Mails mails,
            Jobs jobs) {
        this.store = store;
        this.releases = releases;
        this.notifications = notifications;
        this.mails = mails;
        this.jobs = jobs;
        jobs.register(LOOK, this::look);
        jobs.register(OPENED, this::tell);
    }

    void begin(Instant from, Instant to) {
        jobs.enqueue(LOOK, new Look(from, to, FIRST));
    }

    private void look(Look look) {
        var courses = store.courses(look.after(), AT_ONCE);
        for (var course : courses) {
            var window = window(course, releases.byId(course.release()), look.from(), look.to());
            if (something(window)) {
                jobs.enqueue(OPENED, new Opened(course.id(), look.from(), look.to(), FIRST));
            }
        }
        if (courses.size() == AT_ONCE) {
            jobs.enqueue(LOOK, new Look(look.from(), look.to(), courses.getLast().id()));
        }
    }

    private static boolean something(RoundStore.Window window) {
        return window.all() || !window.cohorts().isEmpty() || !window.days().isEmpty();
    }

    /** Whom it is worth to look at: for most hours of most courses, nobody. */
    private static RoundStore.Window window(
            RoundStore.Course course, Release release, Instant from, Instant to) {
        var zone = Caller.current().school().timeZone();
        var rules = release.lessons().stream().map(ReleaseLesson::rules).toList();
        var days =
                rules.stream()
                        .map(it -> it.opensAfterDays())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        boolean all = rules.stream().anyMatch(it -> within(it.opensAt(), from, to));
        var cohorts =
                course.cohorts().stream()
                        .filter(it -> opens(it.timetable(), days, zone, from, to))
                        .map(RoundStore.Cohort::id)
                        .toList();
        return new RoundStore.Window(from, to, all, cohorts, days, zone.getId());
    }

    private static boolean opens(
            Timetable timetable, List<Integer> days, ZoneId zone, Instant from, Instant to) {
        var start = timetable.startsAt();
        var counted =
                start == null
                        ? Stream.<Instant>empty()
                        : Stream.concat(
                                Stream.of(start),
                                days.stream()
                                        .map(it -> start.atZone(zone).plusDays(it).toInstant()));
        return Stream.concat(counted, timetable.lessons().values().stream())
                .anyMatch(at -> within(at, from, to));
    }

    private static boolean within(@Nullable Instant at, Instant from, Instant to) {
        return at != null && at.isAfter(from) && !at.isAfter(to);
    }

    private void tell(Opened job) {
        var course = store.course(job.course());
        if (course.isEmpty()) {
            return;
        }
        var release = releases.byId(course.get().release());
        var window = window(course.get(), release, job.from(), job.to());
        var places = store.places(job.course(), window, job.after(), AT_ONCE);
        var groups = new LinkedHashMap<List<ReleaseLesson>, List<UUID>>();
        for (var place : places) {
            var opened = opened(release, place, job);
            if (!opened.isEmpty()) {
                groups.computeIfAbsent(opened, it -> new ArrayList<>()).add(place.learner());
            }
        }
        groups.forEach((lessons, people) -> tell(release, lessons, people));
        if (places.size() == AT_ONCE) {
            jobs.enqueue(
                    OPENED,
                    new Opened(job.course(), job.from(), job.to(), places.getLast().learner()));
        }
    }

    /** In the course's order: those not open then and open now, and not done. */
    private static List<ReleaseLesson> opened(Release release, RoundStore.Place place, Opened job) {
        var zone = Caller.current().school().timeZone();
        var person = Attendance.of(place.since(), place.timetable(), place.done());
        // What was open when they joined is no news.
        var from = place.since().isAfter(job.from()) ? place.since() : job.from();
        var then = new Openings(release, person, zone, from);
        var now = new Openings(release, person, zone, job.to());
        return release.lessons().stream().filter(it -> !then.open(it) && now.open(it)).toList();
    }

    private void tell(Release release, List<ReleaseLesson> lessons, List<UUID> people) {
        var first = lessons.getFirst();
        var path = "/learn/" + release.slug() + "/" + first.slug();
        var about = "opened " + first.id();
        var values =
                Map.of(
                        "course", release.title(),
                        "lesson", first.title(),
                        "more", String.valueOf(lessons.size() - 1));
        var mail = Map.of("course", release.title(), "lesson", first.title(), "path", path);
        notifications
                .tell(people, "opened", values, path, about)
                .forEach(person ->
                        mails.send(MailKind.LESSON_OPEN, person, mail, about + " " + person));
    }
}
