package org.stoa.enrollment;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/** The caller's courses and where they stand in each. */
@Service
public class Shelf {
    private final ProgressStore store;
    private final EnrollmentStore enrollments;
    private final Releases releases;
    private final Clock clock;

    Shelf(ProgressStore store, EnrollmentStore enrollments, Releases releases, Clock clock) {
        this.store = store;
        this.enrollments = enrollments;
        this.releases = releases;
        this.clock = clock;
    }

    /**
     * A course on the shelf.
     *
     * @param next the lesson to go on with; null when all are done
     */
    public record Course(
            Release release,
            CourseProgress progress,
            @Nullable ReleaseLesson next,
            Instant lastActivity) {}

    /** Some of the shelf, and the cursor of what follows. */
    public record Page(List<Course> courses, @Nullable String nextCursor) {}

    /** All of the caller's courses: the one to go on with first, finished ones last. */
    public List<Course> courses() {
        return store.standings(Caller.current().personId(), clock.instant()).stream()
                .map(this::course)
                .sorted(Comparator.comparing(course -> course.progress().finished()))
                .toList();
    }

    /**
     * @throws Problem.Invalid when the cursor is not one that was handed out
     */
    public Page page(@Nullable String cursor, int limit) {
        var all = courses();
        int from = cursor == null ? 0 : position(cursor);
        int to = Math.min(all.size(), from + limit);
        return new Page(
                all.subList(Math.min(from, all.size()), to),
                to < all.size() ? Integer.toString(to) : null);
    }

    /** Where the caller stands with a course; empty when the school has none of this name. */
    public Optional<CourseStanding> standing(String slug) {
        return store.standing(slug, Caller.current().person(), clock.instant());
    }

    /** Whether places in the course are limited and none is left. */
    public boolean full(UUID course) {
        return enrollments.full(course);
    }

    /** The lesson to go on with: the last one they were in, or the first after it not yet done. */
    public static @Nullable ReleaseLesson next(Release release, CourseStanding standing) {
        var lessons = release.lessons();
        UUID last = standing.lastLesson();
        int from = last == null ? 0 : release.lesson(last).map(ReleaseLesson::index).orElse(0);
        for (int i = 0; i < lessons.size(); i++) {
            var lesson = lessons.get((from + i) % lessons.size());
            if (!standing.completed().contains(lesson.id())) {
                return lesson;
            }
        }
        return null;
    }

    private Course course(CourseStanding standing) {
        var release = releases.byId(java.util.Objects.requireNonNull(standing.releaseId()));
        return new Course(
                release,
                CourseProgress.of(release, standing.completed()),
                next(release, standing),
                java.util.Objects.requireNonNull(standing.lastActivity()));
    }

    private static int position(String cursor) {
        try {
            int position = Integer.parseInt(cursor);
            if (position >= 0) {
                return position;
            }
        } catch (NumberFormatException e) {
            throw new Problem.Invalid("cursor", "This is not a cursor that was handed out.");
        }
        throw new Problem.Invalid("cursor", "This is not a cursor that was handed out.");
    }
}
