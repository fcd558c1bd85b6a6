package org.stoa.enrollment.learners;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStaff;
import org.stoa.shared.Characters;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;

/** Those who learn a course, by name, as its leads and assistants see them. */
@Service
public class Learners {
    private static final int LONGEST_SOUGHT = 254;

    private final LearnerStore store;
    private final CourseStaff staff;

    Learners(LearnerStore store, CourseStaff staff) {
        this.store = store;
        this.staff = staff;
    }

    /**
     * Somebody who learns it.
     *
     * @param completed how many lessons of the current release
     */
    public record Learner(
            UUID id,
            String name,
            String email,
            Instant joinedAt,
            Instant lastActivityAt,
            int completed) {}

    /**
     * Some of a course's.
     *
     * @param lessons how many the current release has
     * @param limited the course has so many places and no more
     */
    public record Page(String title, int lessons, boolean limited, Slice<Learner> learners) {}

    /**
     * @param q part of a name or address; empty for all
     * @throws Problem.Forbidden when the caller only reviews the course
     * @throws Problem.Invalid when the cursor is not one that was handed out
     */
    public Page of(String course, String q, @Nullable String cursor, int limit) {
        var after = cursor == null || cursor.isEmpty() ? null : Slice.after(cursor);
        var title = store.course(course);
        if (title.isEmpty()) {
            staff.require(CourseRight.LEARNERS, course);
        }
        var it = title.orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
        var found = store.list(it.id(), it.release(), sought(q), after, limit + 1);
        return new Page(
                it.title(), it.lessons(), it.limited(), Slice.of(found, limit, Learner::id));
    }

    private static String sought(String q) {
        var clean = Characters.kept(q.strip()).codePoints().limit(LONGEST_SOUGHT).toArray();
        return new String(clean, 0, clean.length);
    }
}
