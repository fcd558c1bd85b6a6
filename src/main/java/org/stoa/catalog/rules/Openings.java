package org.stoa.catalog.rules;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.rules.Opening.Why;
import org.stoa.tenancy.WallClock;

/**
 * Decides what of a release is open to one person at one moment: by the rules in the release, by
 * where the person stands, and by the clock, from nothing else. Whatever shows a lesson or keeps
 * progress asks here.
 *
 * <p>A lesson for a taste is open to anyone, and what somebody has done stays open to them. A
 * cohort's calendar takes the place of a lesson's date and days; nothing opens before the cohort
 * begins. Of a date and a number of days the later counts.
 */
public final class Openings {
    private final Release release;
    private final Attendance person;
    private final ZoneId zone;
    private final Instant now;

    /**
     * @param zone of the school: by its clocks a day is a day, whether it has 23 hours or 25
     */
    public Openings(Release release, Attendance person, ZoneId zone, Instant now) {
        this.release = release;
        this.person = person;
        this.zone = zone;
        this.now = now;
    }

    public Opening of(ReleaseLesson lesson) {
        if (person.everything() || lesson.rules().taste()) {
            return Opening.OPEN;
        }
        if (!person.inside()) {
            return Opening.OUTSIDE;
        }
        boolean unruled = lesson.rules().openAtOnce() && person.timetable().equals(Timetable.NONE);
        if (unruled || person.done().contains(lesson.id())) {
            return Opening.OPEN;
        }
        var first = before(lesson);
        var time = time(lesson);
        if (time != null && time.at().isAfter(now)) {
            return new Opening.Later(time.at(), time.why(), first);
        }
        return first.isEmpty() ? Opening.OPEN : new Opening.First(first);
    }

    public boolean open(ReleaseLesson lesson) {
        return of(lesson).open();
    }

    /** As it will be when this lesson is done too. */
    public Openings done(ReleaseLesson lesson) {
        return new Openings(release, person.with(lesson.id()), zone, now);
    }

    /** What they wait for, where nothing is left that is open: the one that opens soonest. */
    public Optional<ReleaseLesson> waiting() {
        return release.lessons().stream()
                .filter(it -> !person.done().contains(it.id()) && !open(it))
                .min(
                        java.util.Comparator.comparing(it -> {
                            var at = of(it).at();
                            return at == null ? Instant.MAX : at;
                        }));
    }

    /** A sentence for who is refused; empty when it is open. */
    public String sentence(ReleaseLesson lesson) {
        var title = lesson.title();
        return switch (of(lesson)) {
            case Opening.Open open -> "";
            case Opening.Outside outside -> say("learn.refused.join");
            case Opening.First(var lessons) -> say("learn.refused.lesson", title, names(lessons));
            case Opening.Later(var at, var why, var lessons) ->
                    lessons.isEmpty()
                            ? say("learn.refused.lessonAt", title, WallClock.said(at, zone))
                            : say(
                                    "learn.refused.lessonAtAnd",
                                    title,
                                    WallClock.said(at, zone),
                                    names(lessons));
        };
    }

    private static String names(List<ReleaseLesson> lessons) {
        return lessons.stream()
                .map(it -> say("page.quoted", it.title()))
                .reduce((one, next) -> say("page.and", one, next))
                .orElse("");
    }

    private record Time(Instant at, Why why) {
        static @Nullable Time later(@Nullable Time one, @Nullable Time other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            return other.at().isAfter(one.at()) ? other : one;
        }
    }

    private @Nullable Time time(ReleaseLesson lesson) {
        var timetable = person.timetable();
        var start = timetable.startsAt();
        var begins = start == null ? null : new Time(start, Why.START);
        var own = timetable.lessons().get(lesson.id());
        if (own != null) {
            return Time.later(begins, new Time(own, Why.CALENDAR));
        }
        var rules = lesson.rules();
        var date = rules.opensAt() == null ? null : new Time(rules.opensAt(), Why.DATE);
        var since = start == null ? person.since() : start;
        var days =
                rules.opensAfterDays() == null || since == null
                        ? null
                        : new Time(
                                since.atZone(zone).plusDays(rules.opensAfterDays()).toInstant(),
                                Why.DAYS);
        return Time.later(begins, Time.later(date, days));
    }

    private List<ReleaseLesson> before(ReleaseLesson lesson) {
        return lesson.rules().after().stream()
                .filter(it -> !person.done().contains(it))
                .flatMap(it -> release.lesson(it).stream())
                .sorted(java.util.Comparator.comparing(ReleaseLesson::index))
                .toList();
    }
}
