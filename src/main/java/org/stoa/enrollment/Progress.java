package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.Release;
import org.stoa.catalog.Releases;
import org.stoa.catalog.rules.Attendance;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.live.EventStreams;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far the caller is. Every number is counted from the rows against the current release when it
 * is asked for; there is no counter that could be wrong.
 */
@Service
public class Progress {
    private final ProgressStore store;
    private final Releases releases;
    private final Shelf shelf;
    private final EventStreams streams;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Progress(
            ProgressStore store,
            Releases releases,
            Shelf shelf,
            EventStreams streams,
            JsonMapper json,
            ApplicationEventPublisher events,
            Clock clock) {
        this.store = store;
        this.releases = releases;
        this.shelf = shelf;
        this.streams = streams;
        this.json = json;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Keeps a mark and tells the person's other open pages.
     *
     * @throws Problem.NotFound when the school has no such lesson
     * @throws Problem.Forbidden when the lesson's course is not open to the caller
     * @throws Problem.PaymentRequired the same, where the course is sold
     * @throws Problem.Conflict when the lesson itself is not yet
     */
    @Transactional
    public Marked mark(LessonMark mark) {
        return keep(mark);
    }

    /** What came of one mark of a batch: kept, or refused with a reason. */
    public sealed interface Result {
        record Kept(Marked marked) implements Result {}

        record Refused(LessonMark mark, String reason) implements Result {}
    }

    /**
     * Keeps what a device gathered while it was offline, oldest first, in one transaction. A mark
     * that cannot be kept does not hold up the others.
     */
    @Transactional
    public List<Result> markAll(List<LessonMark> marks) {
        store.lock(Caller.current().personId());
        var results = new ArrayList<Result>();
        marks.stream()
                .sorted(Comparator.comparing(LessonMark::at))
                .forEach(mark -> results.add(attempt(mark)));
        return results;
    }

    private Result attempt(LessonMark mark) {
        try {
            return new Result.Kept(keep(mark));
        } catch (Problem problem) {
            // Refusals are decided before anything is written, so the transaction stands.
            return new Result.Refused(mark, String.valueOf(problem.getMessage()));
        }
    }

    private Marked keep(LessonMark mark) {
        var caller = Caller.current();
        var person = caller.personId();
        var now = clock.instant();
        var place = store.place(person, mark.lesson(), now).orElseThrow(() -> refusal(mark));
        var release = release(place);
        requireOpen(release, place, mark, now);
        var at = mark.at().isAfter(now) ? now : mark.at();
        var kept =
                store.keep(
                        person,
                        place.course(),
                        new LessonMark(mark.lesson(), mark.status(), mark.positionSeconds(), at),
                        now);
        var done = new HashSet<>(kept.doneBefore());
        if (kept.status() == LessonStatus.COMPLETED && done.add(mark.lesson())) {
            events.publishEvent(
                    new LessonCompleted(
                            caller.school().id(), place.course(), mark.lesson(), person));
        }
        var marked =
                new Marked(
                        mark.lesson(),
                        kept.status(),
                        kept.positionSeconds(),
                        place.slug(),
                        CourseProgress.of(release, done),
                        kept.revision());
        streams.send(
                caller.school().id(),
                person,
                "progress",
                json.writeValueAsString(ProgressNews.of(marked)));
        return marked;
    }

    private Release release(ProgressStore.Place place) {
        if (place.release() == null) {
            throw new Problem.NotFound(say("learn.notPublished"));
        }
        return releases.byId(place.release());
    }

    /** A lesson that the release does not hold any more is nobody's to lock. */
    private void requireOpen(
            Release release, ProgressStore.Place place, LessonMark mark, Instant now) {
        var lesson = release.lesson(mark.lesson()).orElse(null);
        if (lesson == null || shelf.openings(release, attendance(place), now).open(lesson)) {
            return;
        }
        // Another device may have done the one it waits for while this waited for the lock.
        var again =
                store.place(Caller.current().personId(), mark.lesson(), now)
                        .orElseThrow(() -> refusal(mark));
        var openings = shelf.openings(release, attendance(again), now);
        if (!openings.open(lesson)) {
            throw new Problem.Conflict(openings.sentence(lesson));
        }
    }

    private static Attendance attendance(ProgressStore.Place place) {
        return Attendance.of(place.since(), place.timetable(), place.done());
    }

    private Problem refusal(LessonMark mark) {
        var sold = store.sold(mark.lesson()).orElse(null);
        if (sold != null) {
            return new Problem.PaymentRequired(
                    say("learn.refused.sold", sold.price().said()),
                    sold.price(),
                    Sales.page(sold.course()));
        }
        return store.known(mark.lesson())
                ? new Problem.Forbidden(say("learn.joinFirst"))
                : new Problem.NotFound(say("problem.noSuchLesson"));
    }
}
