package org.stoa.catalog;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.media.WebPicture;
import tools.jackson.databind.json.JsonMapper;

/** Drafts: courses, their modules, lessons and files. */
@Repository
class DraftStore {
    private static final String DRAFT =
            """
            select c.id, c.slug, c.title, c.summary, c.category, c.tags, c.level, c.language,
                   c.outcomes, c.audience,
                   array(select u.name
                           from course_staff s
                           join users u on u.id = s.teacher_id
                          where s.organization_id = c.organization_id and s.course_id = c.id
                            and s.role = 'lead'
                          order by lower(u.name), u.id) as teachers,
                   coalesce(c.source_key, c.slug) as source_key,
                   c.created_by, c.current_release_id, c.updated_at, c.cover,
                   (select coalesce(json_agg(json_build_object(
                               'id', m.id, 'title', m.title, 'sourceKey', m.source_key,
                               'lessons', (
                                   select coalesce(json_agg(json_build_object(
                                              'id', l.id, 'slug', l.slug, 'title', l.title,
                                              'minutes', l.minutes, 'markdown',
                                              case when :texts then l.markdown else '' end,
                                              'sourceKey', l.source_key, 'hidden', l.hidden,
                                              'rules', json_build_object(
                                                  'required', l.required, 'taste', l.taste,
                                                  'opensAt', l.opens_at,
                                                  'opensAfterDays', l.opens_after_days,
                                                  'after', array(
                                                      select p.after_lesson_id
                                                        from lesson_prerequisites p
                                                       where p.organization_id = l.organization_id
                                                         and p.lesson_id = l.id
                                                       order by 1)))
                                              order by l.position), '[]')
                                     from lessons l
                                    where l.organization_id = m.organization_id
                                      and l.course_id = m.course_id
                                      and l.module_id = m.id and l.deleted_at is null))
                           order by m.position), '[]')
                      from modules m
                     where m.organization_id = c.organization_id
                       and m.course_id = c.id and m.deleted_at is null) as modules,
                   (select coalesce(json_agg(json_build_object(
                               'path', f.path, 'media', json_build_object(
                                   'sha256', f.sha256, 'size', f.size,
                                   'mediaType', coalesce(i.media_type, f.media_type),
                                   'width', coalesce(i.width, 0), 'height', coalesce(i.height, 0),
                                   'moving', coalesce(i.moving, false),
                                   'released', coalesce(i.released, false)))
                               order by f.path), '[]')
                      from course_files f
                      left join media_files i
                        on i.organization_id = f.organization_id and i.sha256 = f.sha256
                     where f.organization_id = c.organization_id
                       and f.course_id = c.id and f.deleted_at is null) as files
              from courses c
             where c.slug = :slug
            """;

    private static final String LESSONS =
            """
            with given as (
                select *
                  from jsonb_to_recordset(cast(:lessons as jsonb))
                       as l (id uuid, position int, slug text, title text, markdown text,
                             minutes int, "sourceKey" text, "moduleKey" text)
            ), gone as (
                update lessons
                   set deleted_at = :now
                 where course_id = :course and deleted_at is null
                   and source_key not in (select "sourceKey" from given)
            )
            insert into lessons
                   (organization_id, id, course_id, module_id, position, slug, title,
                    markdown, minutes, source_key, imported_version)
            select current_organization(), g.id, :course, m.id, g.position, g.slug, g.title,
                   g.markdown, g.minutes, g."sourceKey", 1
              from given g
              join modules m on m.course_id = :course and m.source_key = g."moduleKey"
            on conflict (organization_id, course_id, source_key) do update
               set module_id = excluded.module_id, position = excluded.position,
                   slug = excluded.slug, title = excluded.title,
                   markdown = excluded.markdown, minutes = excluded.minutes,
                   deleted_at = null,
                   imported_version = lessons.version + case
                       when (lessons.title, lessons.markdown)
                            is distinct from (excluded.title, excluded.markdown)
                       then 1 else 0 end,
                   written_at = case
                       when (lessons.title, lessons.markdown)
                            is distinct from (excluded.title, excluded.markdown)
                       then :now else lessons.written_at end,
                   written_by = case
                       when (lessons.title, lessons.markdown)
                            is distinct from (excluded.title, excluded.markdown)
                       then current_person() else lessons.written_by end
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    DraftStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * A draft that an import found again.
     *
     * @param standing what the caller is in it; null for nothing
     */
    record Known(UUID id, String slug, @Nullable CourseStanding standing) {
        boolean editable() {
            return standing != null && standing.edits();
        }
    }

    record ModuleRow(UUID id, int position, String title, String sourceKey) {}

    record LessonRow(
            UUID id,
            int position,
            String slug,
            String title,
            String markdown,
            int minutes,
            String sourceKey,
            String moduleKey) {}

    Optional<Draft> find(String slug) {
        return find(slug, true);
    }

    /** With the lessons' texts, or with empty ones: a large course's are many megabytes. */
    Optional<Draft> find(String slug, boolean withTexts) {
        return jdbc.sql(DRAFT)
                .param("slug", slug)
                .param("texts", withTexts)
                .query(this::draft)
                .optional();
    }

    /** Those the caller teaches, the latest changed first. */
    List<CourseLine> mine() {
        return jdbc.sql(
                        """
                        select c.slug, c.title, c.updated_at, coalesce(r.number, 0) as release,
                               standing, e.cover,
                               r.id is null or c.updated_at > r.published_at as changed,
                               (select count(*)
                                  from lessons l
                                 where l.organization_id = c.organization_id
                                   and l.course_id = c.id and l.deleted_at is null) as lessons
                          from courses c
                         cross join course_standing(c.id) standing
                          left join course_releases r
                            on r.organization_id = c.organization_id and r.id = c.current_release_id
                          left join catalog_entries e
                            on e.organization_id = c.organization_id and e.course_id = c.id
                         where standing is not null
                         order by c.updated_at desc, c.id
                        """)
                .query((row, number) ->
                        new CourseLine(
                                row.getString("slug"),
                                row.getString("title"),
                                row.getInt("lessons"),
                                row.getInt("release"),
                                row.getBoolean("changed"),
                                row.getTimestamp("updated_at").toInstant(),
                                CourseStanding.of(row.getString("standing")),
                                cover(row.getString("cover"))))
                .list();
    }

    private @Nullable WebPicture cover(@Nullable String kept) {
        return kept == null ? null : json.readValue(kept, WebPicture.class);
    }

    /** Until the transaction ends, no other import of the school writes. */
    void alone() {
        jdbc.sql(
                        """
                        select pg_advisory_xact_lock(
                            hashtextextended('course imports ' || current_organization(), 0))
                        """)
                .query((row, number) -> number)
                .list();
    }

    Optional<Known> findByKey(String sourceKey) {
        return jdbc.sql(
                        """
                        select id, slug, course_standing(id) as standing
                          from courses
                         where source_key = :key
                         order by id
                         limit 1
                        """)
                .param("key", sourceKey)
                .query(DraftStore::known)
                .optional();
    }

    /** Courses under keys that begin so, with more than half of these lessons: the likest first. */
    List<Known> findByLessons(String keyStart, List<SourceLesson> lessons) {
        return jdbc.sql(
                        """
                        with given as (
                            select * from unnest(cast(:keys as text[]), cast(:titles as text[]))
                                     as g (source_key, title)
                        ), shared as (
                            select l.course_id, count(*) as lessons, count(g.source_key) as same
                              from lessons l
                              join courses c on c.id = l.course_id and starts_with(c.source_key, :start)
                              left join given g on g.source_key = l.source_key and g.title = l.title
                             where l.deleted_at is null
                             group by l.course_id
                        )
                        select c.id, c.slug, course_standing(c.id) as standing
                          from courses c
                          join shared s on s.course_id = c.id
                         where s.same * 2 > least(s.lessons, (select count(*) from given))
                         order by s.same desc, c.id
                        """)
                .param("start", keyStart)
                .param("keys", lessons.stream().map(SourceLesson::key).toArray(String[]::new))
                .param("titles", lessons.stream().map(SourceLesson::title).toArray(String[]::new))
                .query(DraftStore::known)
                .list();
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        var standing = row.getString("standing");
        return new Known(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                standing == null ? null : CourseStanding.of(standing));
    }

    Set<String> slugsLike(String slug) {
        return Set.copyOf(
                jdbc.sql("select slug from courses where starts_with(slug, left(:slug, 60))")
                        .param("slug", slug)
                        .query(String.class)
                        .list());
    }

    void add(
            UUID id,
            String slug,
            String sourceKey,
            CourseSource source,
            @Nullable UUID person,
            Instant now) {
        jdbc.sql(
                        """
                        insert into courses
                               (organization_id, id, slug, title, summary, category, tags, level, language,
                                outcomes, audience, cover, source_key, created_by, created_at, updated_at)
                        values (current_organization(), :id, :slug, :title, :summary, :category,
                                cast(:tags as text[]), :level, :language, cast(:outcomes as text[]),
                                :audience, :cover, :key, cast(:person as uuid), :now, :now)
                        """)
                .param("id", id)
                .param("slug", slug)
                .param("key", sourceKey)
                .param("person", person)
                .param("now", now)
                .params(about(source))
                .update();
    }

    void update(UUID course, CourseSource source) {
        jdbc.sql(
                        """
                        update courses
                           set title = :title, summary = :summary, category = :category,
                               tags = cast(:tags as text[]), level = :level, language = :language,
                               outcomes = cast(:outcomes as text[]), audience = :audience,
                               cover = :cover
                         where id = :course
                        """)
                .param("course", course)
                .params(about(source))
                .update();
    }

    /** Those no longer given are marked as gone, those given again come back with their ids. */
    void writeModules(UUID course, List<ModuleRow> modules, Instant now) {
        jdbc.sql(
                        """
                        with given as (
                            select *
                              from jsonb_to_recordset(cast(:modules as jsonb))
                                   as m (id uuid, position int, title text, "sourceKey" text)
                        ), gone as (
                            update modules
                               set deleted_at = :now
                             where course_id = :course and deleted_at is null
                               and source_key not in (select "sourceKey" from given)
                        )
                        insert into modules
                               (organization_id, id, course_id, position, title, source_key)
                        select current_organization(), id, :course, position, title, "sourceKey"
                          from given
                        on conflict (organization_id, course_id, source_key) do update
                           set position = excluded.position, title = excluded.title, deleted_at = null
                        """)
                .param("course", course)
                .param("modules", json.writeValueAsString(modules))
                .param("now", now)
                .update();
    }

    /** As {@link #writeModules}, which comes first. */
    void writeLessons(UUID course, List<LessonRow> lessons, Instant now) {
        jdbc.sql(LESSONS)
                .param("course", course)
                .param("lessons", json.writeValueAsString(lessons))
                .param("now", now)
                .update();
    }

    private static Map<String, Object> about(CourseSource source) {
        return Map.of(
                "title", source.title(),
                "summary", source.summary(),
                "category", source.category(),
                "tags", source.tags().toArray(String[]::new),
                "level", source.level(),
                "language", source.language(),
                "outcomes", source.outcomes().toArray(String[]::new),
                "audience", source.audience(),
                "cover", source.cover());
    }

    private Draft draft(ResultSet row, int number) throws SQLException {
        return new Draft(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getString("title"),
                row.getString("summary"),
                row.getString("category"),
                texts(row.getArray("tags")),
                row.getString("level"),
                row.getString("language"),
                texts(row.getArray("outcomes")),
                row.getString("audience"),
                texts(row.getArray("teachers")),
                row.getString("source_key"),
                row.getObject("created_by", UUID.class),
                row.getObject("current_release_id", UUID.class),
                row.getTimestamp("updated_at").toInstant(),
                List.of(json.readValue(row.getString("modules"), Draft.Module[].class)),
                List.of(json.readValue(row.getString("files"), Draft.File[].class)),
                row.getString("cover"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
