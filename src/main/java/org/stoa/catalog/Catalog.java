package org.stoa.catalog;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.media.WebPicture;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;

/** The published courses of the caller's school, listed and searched. */
@Service
public class Catalog {
    private static final int LONGEST_QUERY = 200;
    // Later than any release, and a time that PostgreSQL still knows.
    private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

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
            q = clean(q);
            category = clean(category);
            tag = clean(tag);
            level = clean(level);
        }

        // PostgreSQL knows no NUL, and nobody means the marks that turn the writing round.
        private static String clean(String text) {
            var start = text.length() > LONGEST_QUERY ? text.substring(0, LONGEST_QUERY) : text;
            return start.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]+", " ").strip();
        }
    }

    /**
     * A published course.
     *
     * @param lessons how many there are
     * @param modules how many lessons of each module count towards its end
     * @param price null where it is free
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
            int lessons,
            List<Integer> modules,
            int minutes,
            Instant publishedAt,
            @Nullable WebPicture cover,
            Entrance entrance,
            @Nullable Money price) {}

    /** Whether somebody can come in. */
    public enum Entrance {
        /** At once. */
        OPEN,
        /** Some can, or later: by a date, or after another course. */
        LIMITED,
        /** Every place is taken. */
        FULL
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

    /**
     * The newest first, or with words the best match first.
     *
     * @throws Problem.Invalid when the cursor is not one that was handed out
     */
    public Slice<Entry> page(Filter filter, @Nullable String cursor, int limit) {
        boolean first = cursor == null || cursor.isEmpty();
        if (!filter.q().isEmpty()) {
            int offset = first ? 0 : offset("" + cursor);
            var found = store.search(filter, offset, limit + 1);
            return Slice.of(found, limit, last -> "o" + (offset + limit));
        }
        var found = store.list(filter, first ? null : after("" + cursor), limit + 1);
        return Slice.of(found, limit, Catalog::cursor);
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
                var at = Instant.ofEpochSecond(Long.parseLong(parts[0]), nanos(parts[1]));
                if (at.isAfter(Instant.EPOCH) && at.isBefore(NEVER)) {
                    return new CatalogStore.After(at, UUID.fromString(parts[2]));
                }
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw Slice.notOurs();
        }
        throw Slice.notOurs();
    }

    private static int nanos(String text) {
        int nanos = Integer.parseInt(text);
        if (nanos < 0 || nanos > 999_999_999) {
            throw Slice.notOurs();
        }
        return nanos;
    }

    private static int offset(String cursor) {
        try {
            int offset = Integer.parseInt(cursor.substring(1));
            if (cursor.startsWith("o") && offset >= 0 && offset <= CatalogStore.MOST_HITS) {
                return offset;
            }
        } catch (NumberFormatException e) {
            throw Slice.notOurs();
        }
        throw Slice.notOurs();
    }
}
