package org.stoa.catalog.publishing;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.LessonRules;
import org.stoa.catalog.ReleaseDocument;
import org.stoa.catalog.publishing.Rollbacks.Affected;
import tools.jackson.databind.json.JsonMapper;

/** Writes a draft as a release has it. */
@Repository
class RollbackStore {
    private static final String LESSONS =
            """
            with given as (
                select *
                  from jsonb_to_recordset(cast(:lessons as jsonb))
                       as l (id uuid, module uuid, position int, slug text, title text,
                             minutes int, rules jsonb)
            ), gone as (
                update lessons
                   set deleted_at = :now
                 where course_id = :course and deleted_at is null and not hidden
                   and id not in (select id from given)
            )
            update lessons l
               set title = g.title, markdown = coalesce(v.markdown, l.markdown),
                   minutes = g.minutes, slug = g.slug, module_id = g.module,
                   position = g.position, deleted_at = null, hidden = false,
                   required = cast(g.rules ->> 'required' as boolean),
                   taste = cast(g.rules ->> 'taste' as boolean),
                   opens_at = cast(g.rules ->> 'opensAt' as timestamptz),
                   opens_after_days = cast(g.rules ->> 'opensAfterDays' as int),
                   rules_version = l.rules_version + 1,
                   written_at = case when (l.title, l.markdown)
                                          = (g.title, coalesce(v.markdown, l.markdown))
                                     then l.written_at else :now end,
                   written_by = case when (l.title, l.markdown)
                                          = (g.title, coalesce(v.markdown, l.markdown))
                                     then l.written_by else current_person() end
              from given g
              join release_lessons rl
                on rl.organization_id = (select current_organization())
               and rl.release_id = :release and rl.lesson_id = g.id
              left join lesson_versions v
                on v.organization_id = rl.organization_id and v.lesson_id = g.id
               and v.version = rl.lesson_version
             where l.course_id = :course and l.id = g.id
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    RollbackStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    record ModuleRow(UUID id, int position, String title) {}

    record LessonRow(
            UUID id,
            UUID module,
            int position,
            String slug,
            String title,
            int minutes,
            LessonRules rules) {}

    Optional<UUID> release(UUID course, int number) {
        return jdbc.sql(
                        """
                        select id
                          from course_releases
                         where organization_id = (select current_organization())
                           and course_id = :course and number = :number
                        """)
                .param("course", course)
                .param("number", number)
                .query(UUID.class)
                .optional();
    }

    /** Of how many of its lessons the text is neither the present one nor an earlier one. */
    int textsMissing(UUID release) {
        return jdbc.sql(
                        """
                        select count(*)
                          from release_lessons rl
                          join lessons l
                            on l.organization_id = rl.organization_id and l.id = rl.lesson_id
                         where rl.organization_id = (select current_organization())
                           and rl.release_id = :release
                           and rl.lesson_version is distinct from l.version
                           and not exists (
                               select from lesson_versions v
                                where v.organization_id = l.organization_id and v.lesson_id = l.id
                                  and v.version = rl.lesson_version)
                        """)
                .param("release", release)
                .query(Integer.class)
                .single();
    }

    /** The texts that bringing the draft back writes in other courses too. */
    List<Affected> writtenElsewhere(UUID course, UUID release) {
        return jdbc.sql(
                        """
                        select l.title, array_agg(c.title order by lower(c.title), c.id) as courses
                          from release_lessons rl
                          join lesson_versions v
                            on v.organization_id = rl.organization_id and v.lesson_id = rl.lesson_id
                           and v.version = rl.lesson_version
                          join lessons l
                            on l.organization_id = rl.organization_id and l.id = rl.lesson_id
                           and l.course_id = :course
                           and (l.title, l.markdown) is distinct from (v.title, v.markdown)
                          join lessons o
                            on o.organization_id = l.organization_id
                           and o.shared_text = l.shared_text and o.id <> l.id
                           and o.deleted_at is null
                          join courses c on c.organization_id = o.organization_id and c.id = o.course_id
                         where rl.organization_id = (select current_organization())
                           and rl.release_id = :release
                         group by l.id, l.title, l.position
                         order by l.position, l.id
                        """)
                .param("course", course)
                .param("release", release)
                .query((row, number) ->
                        new Affected(
                                row.getString("title"),
                                List.of((String[]) row.getArray("courses").getArray())))
                .list();
    }

    /** The draft's modules by id, those in the bin last. */
    Map<UUID, String> modules(UUID course) {
        var modules = new LinkedHashMap<UUID, String>();
        jdbc.sql(
                        """
                        select id, title
                          from modules
                         where course_id = :course
                         order by deleted_at nulls first, position
                        """)
                .param("course", course)
                .query(row -> {
                    modules.put(row.getObject(1, UUID.class), row.getString(2));
                });
        return modules;
    }

    void writeModules(UUID course, List<ModuleRow> modules, Instant now) {
        jdbc.sql(
                        """
                        with given as (
                            select *
                              from jsonb_to_recordset(cast(:modules as jsonb))
                                   as m (id uuid, position int, title text)
                        ), gone as (
                            update modules
                               set deleted_at = :now
                             where course_id = :course and deleted_at is null
                               and id not in (select id from given)
                        )
                        insert into modules
                               (organization_id, id, course_id, position, title, source_key)
                        select current_organization(), id, :course, position, title, cast(id as text)
                          from given
                        on conflict (organization_id, id) do update
                           set position = excluded.position, title = excluded.title,
                               version = modules.version
                                         + case when modules.title = excluded.title then 0 else 1 end,
                               deleted_at = null
                        """)
                .param("course", course)
                .param("modules", json.writeValueAsString(modules))
                .param("now", now)
                .update();
    }

    /** The texts that are written over are kept by the table itself. */
    void writeLessons(UUID course, UUID release, List<LessonRow> lessons, Instant now) {
        jdbc.sql(LESSONS)
                .param("course", course)
                .param("release", release)
                .param("lessons", json.writeValueAsString(lessons))
                .param("now", now)
                .update();
    }

    /** Which lessons are to be done before which. */
    void writeOrderOfLearning(UUID course, List<LessonRow> lessons) {
        jdbc.sql("delete from lesson_prerequisites where course_id = :course")
                .param("course", course)
                .update();
        jdbc.sql(
                        """
                        insert into lesson_prerequisites
                               (organization_id, course_id, lesson_id, after_lesson_id)
                        select current_organization(), :course, l.id, cast(a.id as uuid)
                          from jsonb_to_recordset(cast(:lessons as jsonb)) as l (id uuid, rules jsonb)
                         cross join lateral jsonb_array_elements_text(l.rules -> 'after') as a (id)
                        """)
                .param("course", course)
                .param("lessons", json.writeValueAsString(lessons))
                .update();
    }

    void writeAbout(UUID course, ReleaseDocument about, Instant now) {
        jdbc.sql(
                        """
                        update courses
                           set title = :title, summary = :summary, category = :category,
                               tags = cast(:tags as text[]), level = :level, language = :language,
                               outcomes = cast(:outcomes as text[]), audience = :audience,
                               updated_at = :now
                         where id = :course
                        """)
                .param("title", about.title())
                .param("summary", about.summary())
                .param("category", about.category())
                .param("tags", about.tags().toArray(String[]::new))
                .param("level", about.level())
                .param("language", about.language())
                .param("audience", about.audience())
                .param("outcomes", about.outcomes().toArray(String[]::new))
                .param("now", now)
                .param("course", course)
                .update();
    }

    /**
     * Files that the release shows stand again where they stood; what took their place is put
     * aside.
     */
    void writeFiles(UUID course, UUID release, Instant now) {
        jdbc.sql(
                        """
                        with shown as (
                            select distinct f.path, f.sha256
                              from release_lessons rl
                             cross join lateral regexp_matches(
                                       rl.html, '/media/([0-9a-f]{64})/', 'g') as found (sha256)
                              join course_files f
                                on f.organization_id = rl.organization_id and f.course_id = :course
                               and f.sha256 = found.sha256[1]
                             where rl.organization_id = (select current_organization())
                               and rl.release_id = :release
                        )
                        update course_files f
                           set deleted_at = case when s.sha256 = f.sha256 then null else :now end
                          from shown s
                         where f.course_id = :course and f.path = s.path
                           and (f.deleted_at is null) <> (s.sha256 = f.sha256)
                        """)
                .param("course", course)
                .param("release", release)
                .param("now", now)
                .update();
    }
}
