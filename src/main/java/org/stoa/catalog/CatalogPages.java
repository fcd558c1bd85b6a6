package org.stoa.catalog;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The catalog, the search and the course page: the same for everyone who asks. */
public class CatalogPages {
    /**
     * {@code catalog/catalog}.
     *
     * @param q the words looked for, empty for none
     * @param category the chosen one, empty for all; the same for tag and level
     * @param everything how many courses the school has published
     * @param found how many of them fit
     * @param courses this page of them, 12 unless fewer
     * @param lessons lessons that fit {@code q}; empty without it
     * @param next cursor of the next page; null on the last
     */
    public record CatalogView(
            String q,
            String category,
            String tag,
            String level,
            List<Facet> categories,
            List<Facet> tags,
            List<Facet> levels,
            int everything,
            int found,
            List<Card> courses,
            List<LessonHit> lessons,
            @Nullable String next) {}

    /** A value to filter by, and how many courses have it. */
    public record Facet(String name, int count) {}

    /**
     * A course among others.
     *
     * @param modules how many lessons each module has
     * @param price as it is shown: {@code Free}
     */
    public record Card(
            String slug,
            String title,
            String summary,
            String category,
            String level,
            List<Integer> modules,
            int minutes,
            String price) {
        public int lessons() {
            return modules.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * A lesson that fits what was looked for.
     *
     * @param number as it stands in the outline: {@code 3.3}
     * @param passage the words around the match; matches stand between the marks that {@link
     *     org.stoa.web.Marked} reads; empty when only the title fits
     */
    public record LessonHit(
            String courseSlug,
            String courseTitle,
            String number,
            String slug,
            String title,
            int minutes,
            String passage) {}

    /** {@code catalog/search}, the fragment under the search box. */
    public record SearchView(String q, List<Card> courses, List<LessonHit> lessons) {}

    /**
     * {@code catalog/course}.
     *
     * @param language its BCP 47 tag
     * @param release number of the release shown
     * @param price as it is shown: {@code Free}
     */
    public record CourseView(
            String slug,
            String title,
            String summary,
            String category,
            String level,
            String language,
            List<String> tags,
            List<String> outcomes,
            int release,
            Instant publishedAt,
            String price,
            List<Module> modules) {
        public int lessons() {
            return modules.stream().mapToInt(m -> m.lessons().size()).sum();
        }

        public int minutes() {
            return modules.stream().mapToInt(Module::minutes).sum();
        }
    }

    /** A part of a course's outline. */
    public record Module(String title, List<Lesson> lessons) {
        public int minutes() {
            return lessons.stream().mapToInt(Lesson::minutes).sum();
        }
    }

    /** A line of the outline. */
    public record Lesson(UUID id, String slug, String title, int minutes) {}
}
