package org.stoa.catalog.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The outline of a draft: modules and lessons, their order, and the bin. */
@Repository
class OutlineStore {
    private static final String OUTLINE =
            """
            select c.id, c.slug, c.title, c.summary, c.category, c.level, c.tags, c.updated_at,
                   (select coalesce(json_agg(json_build_object(
                               'id', m.id, 'title', m.title, 'version', m.version,
                               'lessons', (
                                   select coalesce(json_agg(json_build_object(
                                              'id', l.id, 'moduleId', l.module_id,
                                              'slug', l.slug, 'title', l.title,
                                              'minutes', l.minutes, 'version', l.version)
                                              order by l.position, l.id), '[]')
                                     from lessons l
                                    where l.organization_id = m.organization_id
                                      and l.module_id = m.id and l.deleted_at is null))
                               order by m.position, m.id), '[]')
                      from modules m
                     where m.organization_id = c.organization_id
                       and m.course_id = c.id and m.deleted_at is null) as modules,
                   (select coalesce(json_agg(json_build_object(
                               'id', l.id, 'moduleId', l.module_id, 'slug', l.slug,
                               'title', l.title, 'minutes', l.minutes,
                               'version', l.version)
                               order by l.deleted_at desc, l.position), '[]')
                      from lessons l
                     where l.organization_id = c.organization_id
                       and l.course_id = c.id and l.deleted_at is not null) as bin
              from courses c
             where c.slug = :slug
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    OutlineStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Outline> find(String slug) {
        return jdbc.sql(OUTLINE)
                .param("slug", slug)
                .query((row, number) -> outline(row))
                .optional();
    }

    /** The outline with what else is known of the course. */
    Optional<CourseDesk> desk(String slug) {
        return jdbc.sql(OUTLINE)
                .param("slug", slug)
                .query((row, number) ->
                        new CourseDesk(
                                outline(row),
                                row.getString("summary"),
                                row.getString("category"),
                                row.getString("level"),
                                List.of((String[]) row.getArray("tags").getArray()),
                                row.getObject("updated_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    private Outline outline(ResultSet row) throws SQLException {
        return new Outline(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getString("title"),
                List.of(json.readValue(row.getString("modules"), Outline.Module[].class)),
                List.of(json.readValue(row.getString("bin"), Outline.Lesson[].class)));
    }

    /** The course's id; until the transaction ends nobody else changes its draft. */
    Optional<UUID> lock(String slug) {
        return jdbc.sql("select id from courses where slug = :slug for update")
                .param("slug", slug)
                .query(UUID.class)
                .optional();
    }

    void touch(UUID course, Instant now) {
        jdbc.sql("update courses set updated_at = :now where id = :course")
                .param("now", now)
                .param("course", course)
                .update();
    }

    /** Until the transaction ends, nobody else gives a course of this school its address. */
    Set<String> courseSlugs() {
        jdbc.sql(
                        """
                        select pg_advisory_xact_lock(
                            hashtextextended('course imports ' || current_organization(), 0))
                        """)
                .query((row, number) -> number)
                .list();
        return Set.copyOf(jdbc.sql("select slug from courses").query(String.class).list());
    }

    void addCourse(UUID id, String slug, String title, UUID teacher, Instant now) {
        jdbc.sql(
                        """
                        insert into courses
                               (organization_id, id, slug, title, source_key, created_by, created_at,
                                updated_at)
                        values (current_organization(), :id, :slug, :title, cast(:id as text),
                                :teacher, :now, :now)
                        """)
                .param("id", id)
                .param("slug", slug)
                .param("title", title)
                .param("teacher", teacher)
                .param("now", now)
                .update();
    }

    void addModule(UUID id, UUID course, String title) {
        jdbc.sql(
                        """
                        insert into modules
                               (organization_id, id, course_id, position, title, source_key)
                        select current_organization(), :id, :course, coalesce(max(position), 0) + 1,
                               :title, cast(:id as text)
                          from modules
                         where course_id = :course
                        """)
                .param("id", id)
                .param("course", course)
                .param("title", title)
                .update();
    }

    /** False when the version is no longer the one seen. */
    boolean renameModule(UUID course, UUID module, int seen, String title) {
        return jdbc.sql(
                                """
                                update modules
                                   set title = :title, version = version + 1
                                 where course_id = :course and id = :module and version = :seen
                                   and deleted_at is null
                                """)
                        .param("title", title)
                        .param("course", course)
                        .param("module", module)
                        .param("seen", seen)
                        .update()
                == 1;
    }

    void orderModules(UUID course, List<UUID> modules) {
        jdbc.sql(
                        """
                        update modules m
                           set position = o.place
                          from unnest(cast(:modules as uuid[])) with ordinality as o (id, place)
                         where m.course_id = :course and m.id = o.id and m.position <> o.place
                        """)
                .param("modules", modules.toArray(UUID[]::new))
                .param("course", course)
                .update();
    }

    Set<String> lessonSlugs(UUID course) {
        return Set.copyOf(
                jdbc.sql("select slug from lessons where course_id = :course")
                        .param("course", course)
                        .query(String.class)
                        .list());
    }

    void addLesson(UUID id, UUID course, UUID module, String slug, String title, Instant now) {
        jdbc.sql(
                        """
                        insert into lessons
                               (organization_id, id, course_id, module_id, position, slug, title,
                                markdown, source_key, written_at, written_by)
                        select current_organization(), :id, :course, :module,
                               coalesce(max(position), 0) + 1, :slug, :title, '', cast(:id as text),
                               :now, current_person()
                          from lessons
                         where course_id = :course
                        """)
                .param("id", id)
                .param("course", course)
                .param("module", module)
                .param("slug", slug)
                .param("title", title)
                .param("now", now)
                .update();
    }

    void copyText(UUID from, UUID to) {
        jdbc.sql(
                        """
                        update lessons l
                           set markdown = f.markdown, minutes = f.minutes
                          from lessons f
                         where l.id = :to and f.id = :from and f.course_id = l.course_id
                        """)
                .param("from", from)
                .param("to", to)
                .update();
    }

    /** Puts lessons into a module, in this order. */
    void orderLessons(UUID course, UUID module, List<UUID> lessons) {
        jdbc.sql(
                        """
                        update lessons l
                           set module_id = :module, position = o.place
                          from unnest(cast(:lessons as uuid[])) with ordinality as o (id, place)
                         where l.course_id = :course and l.id = o.id
                           and (l.module_id, l.position) is distinct from (:module, o.place)
                        """)
                .param("lessons", lessons.toArray(UUID[]::new))
                .param("course", course)
                .param("module", module)
                .update();
    }

    /** How many of them were there to be thrown away. */
    int bin(UUID course, List<UUID> lessons, Instant now) {
        return jdbc.sql(
                        """
                        update lessons
                           set deleted_at = :now
                         where course_id = :course and id = any(cast(:lessons as uuid[]))
                           and deleted_at is null
                        """)
                .param("now", now)
                .param("course", course)
                .param("lessons", lessons.toArray(UUID[]::new))
                .update();
    }

    void binModule(UUID course, UUID module, Instant now) {
        jdbc.sql(
                        """
                        with lessons as (
                            update lessons
                               set deleted_at = :now
                             where course_id = :course and module_id = :module and deleted_at is null)
                        update modules
                           set deleted_at = :now
                         where course_id = :course and id = :module and deleted_at is null
                        """)
                .param("now", now)
                .param("course", course)
                .param("module", module)
                .update();
    }

    /** Takes lessons out of the bin, to the end of their modules, which come with them. */
    int restore(UUID course, List<UUID> lessons) {
        return jdbc.sql(
                        """
                        with back as (
                            update lessons l
                               set deleted_at = null,
                                   position = (select max(position) from lessons where course_id = :course)
                                              + o.place
                              from unnest(cast(:lessons as uuid[])) with ordinality as o (id, place)
                             where l.course_id = :course and l.id = o.id and l.deleted_at is not null
                            returning l.module_id
                        ), modules as (
                            update modules
                               set deleted_at = null
                             where course_id = :course and id in (select module_id from back)
                               and deleted_at is not null
                        )
                        select count(*) from back
                        """)
                .param("course", course)
                .param("lessons", lessons.toArray(UUID[]::new))
                .query(Integer.class)
                .single();
    }
}
