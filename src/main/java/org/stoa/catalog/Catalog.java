package org.stoa.catalog;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Problem;

/** The published courses of the caller's school, listed and searched. */
@Service
public class Catalog {
    private static final int LONGEST_QUERY = 200;

    private final CatalogStore store;

    Catalog(CatalogStore store) {
        this.store = store;
    }

    /**
     * What is looked for; each part empty for anything.
     *
     * @param q words, in which typing errors are forgiven
     */
    public record Filter(String q, String category, String tag, String level) {
        public Filter {
            q = q.strip();
            if (q.length() > LONGEST_QUERY) {
                q = q.substring(0, LONGEST_QUERY);
            }
        }
    }

    /**
     * A published course.
     *
     * @param modules how many lessons each module has
     */
    public record Entry(
            UUID courseId,
            String slug,
            String title,
            String summary,
            String category,
            List<String> tags,
            String level,
            String language,
            List<Integer> modules,
            int minutes,
            Instant publishedAt) {
        public int lessons() {
            return modules.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** A lesson that fits, with the words around the match (see {@link org.stoa.web.Marked}). */
    public record LessonHit(
            String courseSlug,
            String courseTitle,
            String number,
            String slug,
            String title,
            int minutes,
            String passage) {}

    /** A count by kind ({@code category}, {@code tag}, {@code level}, …) and name. */
    public record Facet(String kind, String name, int courses) {}

    /** Some courses, and the cursor of what follows. */
    public record Page(List<Entry> entries, @Nullable String nextCursor) {}

    /**
     * The newest first, or with words the best match first.
     *
     * @throws Problem.Invalid when the cursor is not one that was handed out
     */
    public Page page(Filter filter, @Nullable String cursor, int limit) {
        boolean first = cursor == null || cursor.isEmpty();
        if (!filter.q().isEmpty()) {
            int offset = first ? 0 : offset("" + cursor);
            var found = store.search(filter, offset, limit + 1);
            boolean more = found.size() > limit;
            return new Page(
                    more ? found.subList(0, limit) : found, more ? "o" + (offset + limit) : null);
        }
        var found = store.list(filter, first ? null : after("" + cursor), limit + 1);
        boolean more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        return new Page(shown, more ? cursor(shown.getLast()) : null);
    }

    public List<LessonHit> lessons(String q) {
        return q.isBlank() ? List.of() : store.lessons(q);
    }

    public List<Facet> facets(Filter filter) {
        return store.facets(filter);
    }

    private static String cursor(Entry last) {
        var at = last.publishedAt();
        return "k" + at.getEpochSecond() + "." + at.getNano() + "." + last.courseId();
    }

    private static CatalogStore.After after(String cursor) {
        try {
            var parts = cursor.substring(1).split("\\.", 3);
            if (cursor.startsWith("k") && parts.length == 3) {
                return new CatalogStore.After(
                        Instant.ofEpochSecond(Long.parseLong(parts[0]), Integer.parseInt(parts[1])),
                        UUID.fromString(parts[2]));
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw notOurs();
        }
        throw notOurs();
    }

    private static int offset(String cursor) {
        try {
            int offset = Integer.parseInt(cursor.substring(1));
            if (cursor.startsWith("o") && offset >= 0) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw notOurs();
        }
        throw notOurs();
    }

    private static Problem notOurs() {
        return new Problem.Invalid("cursor", "This is not a cursor that was handed out.");
    }
}
