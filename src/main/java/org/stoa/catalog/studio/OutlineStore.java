package org.stoa.catalog.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.people.CourseStanding;
import tools.jackson.databind.json.JsonMapper;

/** The outline of a draft: modules and lessons, their order, and the bin. */
@Repository
class OutlineStore {
    private static final String ALSO =
            """
            case when l.shared_text is null then cast('[]' as json) else (
                select coalesce(json_agg(json_build_object(
                           'title', oc.title,
                           'course', case when seen then oc.slug end,
                           'lesson', case when seen then o.id end)
                           order by lower(oc.title), oc.id), '[]')
                  from lessons o
                  join courses oc on oc.organization_id = o.organization_id and oc.id = o.course_id
                 cross join lateral (select course_standing(oc.id) is not null) as s (seen)
                 where o.organization_id = l.organization_id and o.shared_text = l.shared_text
                   and o.id <> l.id and o.deleted_at is null) end
            """;

    private static final String OUTLINE =
            """
            select c.id, c.slug, c.title, c.summary, c.category, c.level, c.tags, c.updated_at,
                   standing, c.language, c.outcomes, c.current_release_id,
                   (select coalesce(max(r.number), 0) + 1
                      from course_releases r
                     where r.organization_id = c.organization_id and r.course_id = c.id) as next_release,
                   (select json_build_object(
                               'dueAt', s.due_at, 'note', s.note, 'by', u.name, 'failure', s.failure)
                      from scheduled_releases s
                      left join users u on u.id = s.scheduled_by
                     where s.organization_id = c.organization_id and s.course_id = c.id) as scheduled,
                   (select coalesce(json_agg(json_build_object(
                               'id', m.id, 'title', m.title, 'version', m.version,
                               'lessons', (
                                   select coalesce(json_agg(json_build_object(
                                              'id', l.id, 'moduleId', l.module_id,
                                              'slug', l.slug, 'key', l.source_key,
                                              'title', l.title,
                                              'minutes', l.minutes, 'version', l.version,
                                              'added', rl.lesson_id is null,
                                              'hidden', l.hidden, 'also', {also},
                                              'rules', json_build_object(
                                                  'required', l.required, 'taste', l.taste,
                                                  'opensAt', l.opens_at,
                                                  'opensAfterDays', l.opens_after_days,
                                                  'after', array(
                                                      select p.after_lesson_id
                                                        from lesson_prerequisites p
                                                       where p.organization_id = l.organization_id
                                                         and p.lesson_id = l.id
                                                       order by 1)),
                                              'moved', rl.module_id is distinct from l.module_id
                                                   and rl.module_id is not null,
                                              'changed', rl.lesson_id is not null
                                                   and rl.lesson_version is distinct from l.version
                                                   and not exists (
                                                       select from lesson_versions v
                                                        where v.organization_id = l.organization_id
                                                          and v.lesson_id = l.id
                                                          and v.version = rl.lesson_version
                                                          and v.title = l.title
                                                          and v.markdown = l.markdown))
                                              order by l.position, l.id), '[]')
                                     from lessons l
                                     left join release_lessons rl
                                       on rl.organization_id = l.organization_id
                                      and rl.release_id = c.current_release_id
                                      and rl.lesson_id = l.id
                                    where l.organization_id = m.organization_id
                                      and l.module_id = m.id and l.deleted_at is null))
                               order by m.position, m.id), '[]')
                      from modules m
                     where m.organization_id = c.organization_id
                       and m.course_id = c.id and m.deleted_at is null) as modules,
                   (select coalesce(json_agg(json_build_object(
                               'id', l.id, 'moduleId', l.module_id, 'slug', l.slug,
                               'key', l.source_key, 'title', l.title, 'minutes', l.minutes,
                               'version', l.version,
                               'added', false, 'changed', false, 'moved', false,
                               'hidden', l.hidden, 'also', {also},
                               'rules', json_build_object(
                                   'required', l.required, 'taste', l.taste,
                                   'opensAt', l.opens_at, 'opensAfterDays', l.opens_after_days))
                               order by l.deleted_at desc, l.position), '[]')
                      from lessons l
                     where l.organization_id = c.organization_id
                       and l.course_id = c.id and l.deleted_at is not null) as bin
              from courses c, course_standing(c.id) standing
             where c.slug = :slug and standing is not null
            """
                    .replace("{also}", ALSO);

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
                                texts(row, "tags"),
                                row.getString("language"),
                                texts(row, "outcomes"),
                                row.getObject("current_release_id", UUID.class),
                                row.getInt("next_release"),
                                scheduled(row.getString("scheduled"))))
                .optional();
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    /** When any of the course changed last. */
    Optional<Instant> updatedAt(String slug) {
        return jdbc.sql(
                        """
                        select updated_at from courses
                         where organization_id = (select current_organization()) and slug = :slug
                        """)
                .param("slug", slug)
                .query((row, number) -> updatedAt(row))
                .optional();
    }

    private static Instant updatedAt(ResultSet row) throws SQLException {
        return row.getObject("updated_at", OffsetDateTime.class).toInstant();
    }

    private CourseDesk.@Nullable Scheduled scheduled(@Nullable String found) {
        return found == null ? null : json.readValue(found, CourseDesk.Scheduled.class);
    }

    private Outline outline(ResultSet row) throws SQLException {
        return new Outline(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getString("title"),
                CourseStanding.of(row.getString("standing")),
                updatedAt(row),
                List.of(json.readValue(row.getString("modules"), Outline.Module[].class)),
                List.of(json.readValue(row.getString("bin"), Outline.Lesson[].class)));
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

    /** With its rules: a copy is open to nobody to whom its original is not. */
    void copyText(UUID from, UUID to) {
        jdbc.sql(
                        """
                        insert into lesson_prerequisites
                               (organization_id, course_id, lesson_id, after_lesson_id)
                        select organization_id, course_id, :to, after_lesson_id
                          from lesson_prerequisites
                         where lesson_id = :from
                        """)
                .param("from", from)
                .param("to", to)
                .update();
        jdbc.sql(
                        """
                        update lessons l
                           set markdown = f.markdown, minutes = f.minutes, hidden = f.hidden,
                               required = f.required, taste = f.taste, opens_at = f.opens_at,
                               opens_after_days = f.opens_after_days
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
