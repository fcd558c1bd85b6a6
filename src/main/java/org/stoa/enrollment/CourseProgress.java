package org.stoa.enrollment;

import java.util.Collection;
import java.util.UUID;
import org.stoa.catalog.Release;

/**
 * How far a learner is in a course, counted against one release.
 *
 * @param completed lessons of the release that count and are done
 * @param total lessons in the release that count: see {@link Release#counted}
 * @param percent rounded down, so that 100 means every one
 */
public record CourseProgress(int completed, int total, int percent) {
    private static final int WHOLE = 100;

    /** Lessons that were done and then left the course do not count. */
    public static CourseProgress of(Release release, Collection<UUID> done) {
        int total = release.counted().size();
        int completed = 0;
        for (var lesson : done) {
            if (release.lesson(lesson).filter(release::counts).isPresent()) {
                completed++;
            }
        }
        return new CourseProgress(completed, total, total == 0 ? 0 : WHOLE * completed / total);
    }

    public boolean finished() {
        return total > 0 && completed == total;
    }
}
