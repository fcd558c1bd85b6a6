package org.stoa.enrollment;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;
import org.stoa.catalog.rules.Attendance;
import org.stoa.catalog.rules.Openings;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/** The caller's courses and where they stand in each. */
@Service
public class Shelf {
    private final ProgressStore store;
    private final Releases releases;
    private final Clock clock;

    Shelf(ProgressStore store, Releases releases, Clock clock) {
        this.store = store;
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * A course on the shelf.
     *
     * @param next the lesson to go on with; null when all are done, or none that is left is open
     * @param waiting the lesson that opens next, where none is open; null when all are done
     * @param opensAt when that opens; null when that is no matter of time
     */
    public record Course(
            Release release,
            CourseProgress progress,
            @Nullable ReleaseLesson next,
            @Nullable ReleaseLesson waiting,
            @Nullable Instant opensAt,
            Instant lastActivity) {}

    /**
     * What the caller learns and has learned.
     *
     * @param open the one to go on with first, finished ones last
     * @param ended those that were open to them, and are not any more
     */
    public record Courses(List<Course> open, List<Course> ended) {}

    /** All that is open to the caller, or was. */
    public Courses all() {
        var standings = standings();
        return new Courses(
                sorted(standings.stream().filter(CourseStanding::open)),
                sorted(standings.stream().filter(it -> !it.open())));
    }

    private List<CourseStanding> standings() {
        return store.standings(Caller.current().personId(), clock.instant());
    }

    private List<Course> sorted(Stream<CourseStanding> standings) {
        return standings
                .map(this::course)
                .sorted(Comparator.comparing(course -> course.progress().finished()))
                .toList();
    }

    /**
     * The courses that the caller has a place in.
     *
     * @throws Problem.Invalid when the cursor is not one that was handed out
     */
    public Slice<Course> page(@Nullable String cursor, int limit) {
        var all = sorted(standings().stream().filter(CourseStanding::enrolled));
        int from = cursor == null ? 0 : position(cursor);
        int to = Math.min(all.size(), from + limit);
        return new Slice<>(
                all.subList(Math.min(from, all.size()), to),
                to < all.size() ? Integer.toString(to) : null);
    }

    /** Where the caller stands with a course; empty when the school has none of this name. */
    public Optional<CourseStanding> standing(String slug) {
        return store.standing(slug, Caller.current().person(), clock.instant());
    }

    /** What of a release is open to the caller, who stands there so, or has no place. */
    public Openings openings(Release release, @Nullable CourseStanding standing) {
        var attendance = standing == null ? Attendance.OUTSIDE : standing.attendance();
        return openings(release, attendance, clock.instant());
    }

    /**
     * Whoever teaches in the school is kept from nothing; the studio shows them what others see.
     */
    Openings openings(Release release, Attendance attendance, Instant now) {
        var caller = Caller.current();
        return new Openings(
                release,
                caller.isAtLeast(Role.TEACHER) ? attendance.teaching() : attendance,
                caller.school().timeZone(),
                now);
    }

    /**
     * The lesson to go on with: the last one they were in, or the first after it that is open and
     * not yet done. Null when the course is finished, or nothing that is left is open yet.
     */
    public static @Nullable ReleaseLesson next(
            Release release, CourseStanding standing, Openings openings) {
        if (CourseProgress.of(release, standing.completed()).finished()) {
            return null;
        }
        var lessons = release.lessons();
        UUID last = standing.lastLesson();
        int from = last == null ? 0 : release.lesson(last).map(ReleaseLesson::index).orElse(0);
        for (int i = 0; i < lessons.size(); i++) {
            var lesson = lessons.get((from + i) % lessons.size());
            if (!standing.completed().contains(lesson.id()) && openings.open(lesson)) {
                return lesson;
            }
        }
        return null;
    }

    /** What they wait for, where there is nothing to go on with and the course is not finished. */
    public static @Nullable ReleaseLesson waiting(
            Release release, CourseStanding standing, Openings openings) {
        return CourseProgress.of(release, standing.completed()).finished()
                ? null
                : openings.waiting().orElse(null);
    }

    private Course course(CourseStanding standing) {
        var release = releases.byId(java.util.Objects.requireNonNull(standing.releaseId()));
        var openings = openings(release, standing);
        var next = next(release, standing, openings);
        var waiting = next != null ? null : waiting(release, standing, openings);
        return new Course(
                release,
                CourseProgress.of(release, standing.completed()),
                next,
                waiting,
                waiting == null ? null : openings.of(waiting).at(),
                java.util.Objects.requireNonNull(standing.lastActivity()));
    }

    private static int position(String cursor) {
        try {
            int position = Integer.parseInt(cursor);
            if (position >= 0) {
                return position;
            }
        } catch (NumberFormatException e) {
            throw Slice.notOurs();
        }
        throw Slice.notOurs();
    }
}
