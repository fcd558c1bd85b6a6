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
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import tools.jackson.databind.json.JsonMapper;

/** Drafts: courses, their modules, lessons and files. */
@Repository
class DraftStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    DraftStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A draft that an import found again. */
    record Known(UUID id, String slug, @Nullable UUID createdBy) {}

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
        return jdbc.sql(
                        """
                        select c.id, c.slug, c.title, c.summary, c.category, c.tags, c.level, c.language,
                               c.outcomes, coalesce(c.source_key, c.slug) as source_key,
                               c.created_by, c.current_release_id, c.updated_at,
                               (select coalesce(json_agg(json_build_object(
                                           'id', m.id, 'title', m.title, 'sourceKey', m.source_key,
                                           'lessons', (
                                               select coalesce(json_agg(json_build_object(
                                                          'id', l.id, 'slug', l.slug, 'title', l.title,
                                                          'minutes', l.minutes, 'markdown',
                                                          case when :texts then l.markdown else '' end,
                                                          'sourceKey', l.source_key) order by l.position), '[]')
                                                 from lessons l
                                                where l.organization_id = m.organization_id
                                                  and l.course_id = m.course_id
                                                  and l.module_id = m.id and l.deleted_at is null))
                                       order by m.position), '[]')
                                  from modules m
                                 where m.organization_id = c.organization_id
                                   and m.course_id = c.id and m.deleted_at is null) as modules,
                               (select coalesce(json_agg(json_build_object(
                                           'path', f.path, 'sha256', f.sha256,
                                           'mediaType', f.media_type, 'size', f.size) order by f.path), '[]')
                                  from course_files f
                                 where f.organization_id = c.organization_id
                                   and f.course_id = c.id and f.deleted_at is null) as files
                          from courses c
                         where c.slug = :slug
                        """)
                .param("slug", slug)
                .param("texts", withTexts)
                .query(this::draft)
                .optional();
    }

    List<CourseLine> all() {
        return lines(null);
    }

    List<CourseLine> of(UUID teacher) {
        return lines(teacher);
    }

    private List<CourseLine> lines(@Nullable UUID teacher) {
        return jdbc.sql(
                        """
                        select c.slug, c.title, c.updated_at, coalesce(r.number, 0) as release,
                               r.id is null or c.updated_at > r.published_at as changed,
                               (select count(*)
                                  from lessons l
                                 where l.organization_id = c.organization_id
                                   and l.course_id = c.id and l.deleted_at is null) as lessons
                          from courses c
                          left join course_releases r
                            on r.organization_id = c.organization_id and r.id = c.current_release_id
                         where cast(:teacher as uuid) is null
                            or c.created_by = cast(:teacher as uuid) or c.created_by is null
                         order by c.updated_at desc, c.id
                        """)
                .param("teacher", teacher == null ? null : teacher.toString())
                .query((row, number) ->
                        new CourseLine(
                                row.getString("slug"),
                                row.getString("title"),
                                row.getInt("lessons"),
                                row.getInt("release"),
                                row.getBoolean("changed"),
                                row.getTimestamp("updated_at").toInstant()))
                .list();
    }

    boolean exists(String slug) {
        return jdbc.sql("select exists (select from courses where slug = :slug)")
                .param("slug", slug)
                .query(Boolean.class)
                .single();
    }

    /** Whether they brought it in, or the school itself did. */
    boolean teaches(String slug, UUID person) {
        return jdbc.sql(
                        """
                        select exists (
                            select from courses
                             where slug = :slug and (created_by = :person or created_by is null))
                        """)
                .param("slug", slug)
                .param("person", person)
                .query(Boolean.class)
                .single();
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
                        select id, slug, created_by
                          from courses
                         where source_key = :key
                         order by id
                         limit 1
                           for update
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
                        select c.id, c.slug, c.created_by
                          from courses c
                          join shared s on s.course_id = c.id
                         where s.same * 2 > least(s.lessons, (select count(*) from given))
                         order by s.same desc, c.id
                           for update of c
                        """)
                .param("start", keyStart)
                .param("keys", lessons.stream().map(SourceLesson::key).toArray(String[]::new))
                .param("titles", lessons.stream().map(SourceLesson::title).toArray(String[]::new))
                .query(DraftStore::known)
                .list();
    }

    private static Known known(ResultSet row, int number) throws SQLException {
        return new Known(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getObject("created_by", UUID.class));
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
                                outcomes, source_key, created_by, created_at, updated_at)
                        values (current_organization(), :id, :slug, :title, :summary, :category,
                                cast(:tags as text[]), :level, :language, cast(:outcomes as text[]),
                                :key, cast(:person as uuid), :now, :now)
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
                               outcomes = cast(:outcomes as text[])
                         where id = :course
                        """)
                .param("course", course)
                .params(about(source))
                .update();
    }

    void touch(UUID course, Instant now) {
        jdbc.sql("update courses set updated_at = :now where id = :course")
                .param("course", course)
                .param("now", now)
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
        jdbc.sql(
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
                                markdown, minutes, source_key)
                        select current_organization(), g.id, :course, m.id, g.position, g.slug, g.title,
                               g.markdown, g.minutes, g."sourceKey"
                          from given g
                          join modules m on m.course_id = :course and m.source_key = g."moduleKey"
                        on conflict (organization_id, course_id, source_key) do update
                           set module_id = excluded.module_id, position = excluded.position,
                               slug = excluded.slug, title = excluded.title,
                               markdown = excluded.markdown, minutes = excluded.minutes,
                               deleted_at = null,
                               written_at = case
                                   when (lessons.title, lessons.markdown)
                                        is distinct from (excluded.title, excluded.markdown)
                                   then :now else lessons.written_at end,
                               written_by = case
                                   when (lessons.title, lessons.markdown)
                                        is distinct from (excluded.title, excluded.markdown)
                                   then current_person() else lessons.written_by end
                        """)
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
                "outcomes", source.outcomes().toArray(String[]::new));
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
                row.getString("source_key"),
                row.getObject("created_by", UUID.class),
                row.getObject("current_release_id", UUID.class),
                row.getTimestamp("updated_at").toInstant(),
                List.of(json.readValue(row.getString("modules"), Draft.Module[].class)),
                List.of(json.readValue(row.getString("files"), Draft.File[].class)));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
