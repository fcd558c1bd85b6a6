package org.stoa.enrollment;

import java.util.UUID;

/**
 * The {@code progress} event that open pages hear.
 *
 * @param revision a page that has heard a higher one for this course ignores this
 */
record ProgressNews(Course course, Lesson lesson, long revision) {
    record Course(String slug, int completed, int total, int percent) {}

    record Lesson(UUID id, LessonStatus status) {}

    static ProgressNews of(Marked marked) {
        var progress = marked.progress();
        return new ProgressNews(
                new Course(
                        marked.courseSlug(),
                        progress.completed(),
                        progress.total(),
                        progress.percent()),
                new Lesson(marked.lesson(), marked.status()),
                marked.revision());
    }
}
