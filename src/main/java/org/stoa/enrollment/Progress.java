package org.stoa.enrollment;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.Releases;
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
    private final EventStreams streams;
    private final JsonMapper json;
    private final Clock clock;

    Progress(
            ProgressStore store,
            Releases releases,
            EventStreams streams,
            JsonMapper json,
            Clock clock) {
        this.store = store;
        this.releases = releases;
        this.streams = streams;
        this.json = json;
        this.clock = clock;
    }

    /**
     * Keeps a mark and tells the person's other open pages.
     *
     * @throws Problem.NotFound when the school has no such lesson
     * @throws Problem.Forbidden when the lesson's course is not open to the caller
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
        var place = store.touch(person, mark.lesson(), now).orElseThrow(() -> refusal(mark));
        var at = mark.at().isAfter(now) ? now : mark.at();
        var kept =
                store.keep(
                        person,
                        place.course(),
                        new LessonMark(mark.lesson(), mark.status(), mark.positionSeconds(), at));
        var done = new HashSet<>(kept.doneBefore());
        if (kept.status() == LessonStatus.COMPLETED) {
            done.add(mark.lesson());
        }
        var progress = CourseProgress.of(releases.byId(place.release()), done);
        var marked =
                new Marked(
                        mark.lesson(),
                        kept.status(),
                        kept.positionSeconds(),
                        place.slug(),
                        progress,
                        place.revision());
        streams.send(
                caller.school().id(),
                person,
                "progress",
                json.writeValueAsString(ProgressNews.of(marked)));
        return marked;
    }

    private Problem refusal(LessonMark mark) {
        return store.known(mark.lesson())
                ? new Problem.Forbidden("Join this course first; then your progress is kept.")
                : new Problem.NotFound("There is no such lesson.");
    }
}
