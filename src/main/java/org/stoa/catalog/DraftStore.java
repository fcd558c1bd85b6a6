package org.stoa.catalog;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Reads drafts, each in one statement. */
@Repository
class DraftStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    DraftStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Draft> find(String slug) {
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
                                                          'minutes', l.minutes, 'markdown', l.markdown,
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
                         where cast(:teacher as uuid) is null or c.created_by = cast(:teacher as uuid)
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

    boolean createdBy(String slug, UUID person) {
        return jdbc.sql(
                        """
                        select exists (
                            select from courses where slug = :slug and created_by = :person)
                        """)
                .param("slug", slug)
                .param("person", person)
                .query(Boolean.class)
                .single();
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
