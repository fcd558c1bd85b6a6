package org.stoa.catalog;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.media.WebPicture;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Rows;
import tools.jackson.databind.json.JsonMapper;

/** What the catalog shows and finds: one row for each published course and each of its lessons. */
@Repository
class CatalogStore {
    static final int MOST_HITS = 200;
    private static final int MOST_LESSON_HITS = 6;
    private static final int MOST_FACETS = 60;
    // As much as a tsvector surely holds.
    private static final int MOST_WORDS = 100_000;

    private static final String FILTER =
            """
               and (:category = '' or e.category = :category)
               and (:tag = '' or :tag = any (e.tags))
               and (:level = '' or e.level = :level)
            """;

    private static final String FACETS =
            """
            with e as materialized (
                select course_id, category, tags, level
                  from catalog_entries
                 where organization_id = (select current_organization()))
            (select 'everything' as kind, '' as name, count(*) as courses from e)
            union all
            (select 'found', '', count(*)
               from e
              where (:q = ''
                     or e.course_id in (
                         select course_id
                           from search_courses(cast(:organization as uuid), :q, :hits)))
            """
                    + FILTER
                    + """
                    )
                    union all
                    (select 'category', category, count(*) from e
                      where category <> '' group by category order by 3 desc, 2 limit :most)
                    union all
                    (select 'tag', tag, count(*) from e, unnest(tags) tag
                      group by tag order by 3 desc, 2 limit :most)
                    union all
                    (select 'level', level, count(*) from e
                      where level <> '' group by level order by 3 desc, 2 limit :most)
                    """;

    private static final String ENTRANCE =
            """
            case when exists (select from course_seats s
                               where s.organization_id = e.organization_id
                                 and s.course_id = e.course_id and s.taken >= s.capacity)
                 then 'FULL'
                 when exists (select from course_terms t
                               where t.organization_id = e.organization_id
                                 and t.course_id = e.course_id
                                 and (t.opens_at is not null or t.closes_at is not null))
                   or exists (select from course_prerequisites p
                               where p.organization_id = e.organization_id
                                 and p.course_id = e.course_id)
                 then 'LIMITED'
                 else 'OPEN' end as entrance,
            (select p.amount from course_prices p
              where p.organization_id = e.organization_id and p.course_id = e.course_id) as amount,
            (select p.currency from course_prices p
              where p.organization_id = e.organization_id and p.course_id = e.course_id) as currency
            """;

    private static final String SHOW_COURSE =
            """
            insert into catalog_entries
                   (organization_id, course_id, release_id, slug, title, summary, category, tags, level,
                    language, lesson_count, module_sizes, minutes, published_at, cover, words, document)
            values (current_organization(), :course, :release, :slug, :title, :summary, :category,
                    cast(:tags as text[]), :level, :language, :lessons, cast(:sizes as int[]), :minutes,
                    :at, cast(:cover as jsonb),
                    folded(:words),
                    setweight(to_tsvector('simple', folded(:title)), 'A')
                    || setweight(to_tsvector('simple', folded(array_to_string(cast(:tags as text[]), ' ')
                                                              || ' ' || :category)), 'B')
                    || setweight(to_tsvector('simple', folded(:summary)), 'C')
                    || setweight(to_tsvector('simple', folded(:words)), 'D'))
            on conflict (organization_id, course_id) do update
               set release_id = excluded.release_id, slug = excluded.slug, title = excluded.title,
                   summary = excluded.summary, category = excluded.category, tags = excluded.tags,
                   level = excluded.level, language = excluded.language,
                   lesson_count = excluded.lesson_count, module_sizes = excluded.module_sizes,
                   minutes = excluded.minutes, published_at = excluded.published_at,
                   cover = excluded.cover,
                   words = excluded.words, document = excluded.document
            """;

    private static final String SHOW_LESSONS =
            """
            insert into catalog_lessons
                   (organization_id, course_id, lesson_id, course_slug, course_title, number, slug,
                    title, minutes, body, words, opens_at, document)
            select current_organization(), :course, lesson, :slug, :title, number, slug, title,
                   minutes, body, folded(title), opens_at,
                   setweight(to_tsvector('simple', folded(title)), 'A')
                   || setweight(to_tsvector('simple', left(folded(body), 200000)), 'C')
              from unnest(cast(:lessons as uuid[]), cast(:numbers as text[]), cast(:slugs as text[]),
                          cast(:titles as text[]), cast(:minutes as int[]), cast(:bodies as text[]),
                          cast(:opens as timestamptz[]))
                   as l (lesson, number, slug, title, minutes, body, opens_at)
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    CatalogStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Puts a release into the catalog in place of the course's former one. */
    void show(Release release, List<LessonBody> bodies) {
        showCourse(release);
        var lessons = release.lessons();
        jdbc.sql(
                        """
                        delete from catalog_lessons
                         where organization_id = (select current_organization()) and course_id = :course
                        """)
                .param("course", release.courseId())
                .update();
        jdbc.sql(SHOW_LESSONS)
                .param("course", release.courseId())
                .param("slug", release.slug())
                .param("title", release.title())
                .param(
                        "lessons",
                        lessons.stream().map(l -> l.id().toString()).toArray(String[]::new))
                .param(
                        "numbers",
                        lessons.stream().map(ReleaseLesson::number).toArray(String[]::new))
                .param("slugs", lessons.stream().map(ReleaseLesson::slug).toArray(String[]::new))
                .param("titles", lessons.stream().map(ReleaseLesson::title).toArray(String[]::new))
                .param(
                        "minutes",
                        lessons.stream().map(ReleaseLesson::minutes).toArray(Integer[]::new))
                .param("bodies", words(lessons, bodies))
                .param("opens", lessons.stream().map(CatalogStore::opensAt).toArray(String[]::new))
                .update();
    }

    /**
     * What the search may find and show of each lesson. Whether one that opens after some days, or
     * after another, is open differs from learner to learner: its words are found by nobody.
     */
    private static String[] words(List<ReleaseLesson> lessons, List<LessonBody> bodies) {
        var words = new String[lessons.size()];
        for (int i = 0; i < words.length; i++) {
            var rules = lessons.get(i).rules();
            boolean told =
                    rules.taste() || rules.opensAfterDays() == null && rules.after().isEmpty();
            words[i] = told ? bodies.get(i).words() : "";
        }
        return words;
    }

    private static @Nullable String opensAt(ReleaseLesson lesson) {
        var at = lesson.rules().taste() ? null : lesson.rules().opensAt();
        return at == null ? null : at.toString();
    }

    /** Takes a course and its lessons out of the catalog. */
    void hide(UUID course) {
        jdbc.sql(
                        """
                        delete from catalog_entries
                         where organization_id = (select current_organization()) and course_id = :course
                        """)
                .param("course", course)
                .update();
    }

    private void showCourse(Release release) {
        var document = release.document();
        var sizes = release.strokes().toArray(Integer[]::new);
        int minutes = release.lessons().stream().mapToInt(ReleaseLesson::minutes).sum();
        jdbc.sql(SHOW_COURSE)
                .param("course", release.courseId())
                .param("release", release.id())
                .param("slug", release.slug())
                .param("title", document.title())
                .param("summary", document.summary())
                .param("category", document.category())
                .param("tags", document.tags().toArray(String[]::new))
                .param("level", document.level())
                .param("language", document.language())
                .param("lessons", release.lessons().size())
                .param("sizes", sizes)
                .param("minutes", minutes)
                .param("words", words(release))
                .param(
                        "cover",
                        document.cover() == null ? null : json.writeValueAsString(document.cover()))
                .param("at", release.publishedAt())
                .update();
    }

    /** What typing errors are forgiven against: the names that people look for a course by. */
    private static String words(Release release) {
        var document = release.document();
        var words = new StringBuilder(document.title());
        words.append(' ').append(String.join(" ", document.tags()));
        words.append(' ').append(document.category()).append(' ').append(document.summary());
        release.modules().forEach(module -> words.append(' ').append(module.title()));
        release.lessons().forEach(lesson -> words.append(' ').append(lesson.title()));
        return words.substring(0, Math.min(words.length(), MOST_WORDS));
    }

    /** Where a list goes on. */
    record After(Instant publishedAt, UUID course) {}

    /** Published courses, the newest first. */
    List<Catalog.Entry> list(Catalog.Filter filter, @Nullable After after, int limit) {
        return jdbc.sql(
                        """
                        select e.*,\
                        """
                                + ENTRANCE
                                + """
                                  from catalog_entries e
                                 where e.organization_id = (select current_organization())
                                """
                                + FILTER
                                + """
                                   and (cast(:id as uuid) is null
                                        or (e.published_at, e.course_id) < (cast(:at as timestamptz), cast(:id as uuid)))
                                 order by e.published_at desc, e.course_id desc
                                 limit :limit
                                """)
                .param("category", filter.category())
                .param("tag", filter.tag())
                .param("level", filter.level())
                .param("id", after == null ? null : after.course(), Types.OTHER)
                .param("at", after == null ? null : after.publishedAt(), Types.OTHER)
                .param("limit", limit)
                .query(this::entry)
                .list();
    }

    /** Published courses that fit the words, the best first; typing errors are forgiven. */
    List<Catalog.Entry> search(Catalog.Filter filter, int offset, int limit) {
        return jdbc.sql(
                        """
                        select e.*,\
                        """
                                + ENTRANCE
                                + """
                                  from search_courses(cast(:organization as uuid), :q, :most) found
                                  join catalog_entries e
                                    on e.organization_id = (select current_organization())
                                   and e.course_id = found.course_id
                                 where true
                                """
                                + FILTER
                                + """
                                 order by found.score desc, e.course_id
                                offset :offset limit :limit
                                """)
                .param("organization", Caller.current().school().id())
                .param("q", filter.q())
                .param("most", MOST_HITS)
                .param("category", filter.category())
                .param("tag", filter.tag())
                .param("level", filter.level())
                .param("offset", offset)
                .param("limit", limit)
                .query(this::entry)
                .list();
    }

    List<Catalog.LessonHit> lessons(String q) {
        return jdbc.sql("select * from search_lessons(cast(:organization as uuid), :q, :most)")
                .param("organization", Caller.current().school().id())
                .param("q", q)
                .param("most", MOST_LESSON_HITS)
                .query((row, number) ->
                        new Catalog.LessonHit(
                                row.getString("course_slug"),
                                row.getString("course_title"),
                                row.getString("number"),
                                row.getString("slug"),
                                row.getString("title"),
                                row.getInt("minutes"),
                                row.getString("passage")))
                .list();
    }

    /** How many courses have each category, tag and level, and how many fit the filter. */
    List<Catalog.Facet> facets(Catalog.Filter filter) {
        return jdbc.sql(FACETS)
                .param("organization", Caller.current().school().id())
                .param("q", filter.q())
                .param("hits", MOST_HITS)
                .param("category", filter.category())
                .param("tag", filter.tag())
                .param("level", filter.level())
                .param("most", MOST_FACETS)
                .query((row, number) ->
                        new Catalog.Facet(
                                row.getString("kind"),
                                row.getString("name"),
                                row.getInt("courses")))
                .list();
    }

    private Catalog.Entry entry(ResultSet row, int number) throws SQLException {
        var cover = row.getString("cover");
        return new Catalog.Entry(
                row.getObject("course_id", UUID.class),
                row.getString("slug"),
                row.getString("title"),
                row.getString("summary"),
                row.getString("category"),
                List.of((String[]) row.getArray("tags").getArray()),
                row.getString("level"),
                row.getString("language"),
                row.getInt("lesson_count"),
                sizes(row.getArray("module_sizes")),
                row.getInt("minutes"),
                ReleaseStore.instant(row, "published_at"),
                cover == null ? null : json.readValue(cover, WebPicture.class),
                Catalog.Entrance.valueOf(row.getString("entrance")),
                Rows.money(row));
    }

    private static List<Integer> sizes(Array array) throws SQLException {
        return Arrays.asList((Integer[]) array.getArray());
    }
}
