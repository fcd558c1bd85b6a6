package org.stoa.catalog.studio;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.people.CourseStanding;

/** Lessons' texts in drafts, as they are and as they were. */
@Repository
class LessonTextStore {
    private final JdbcClient jdbc;

    LessonTextStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<LessonText> find(String course, UUID lesson) {
        return jdbc.sql(
                        """
                        select l.id, c.slug as course, l.slug, l.title, l.markdown, l.minutes, l.version,
                               coalesce(l.written_at, c.updated_at) as written_at
                          from courses c
                          join lessons l on l.organization_id = c.organization_id and l.course_id = c.id
                         where c.slug = :course and l.id = :lesson and l.deleted_at is null
                        """)
                .param("course", course)
                .param("lesson", lesson)
                .query(LessonTextStore::text)
                .optional();
    }

    Optional<LessonText> find(String course, UUID lesson, int version) {
        return jdbc.sql(
                        """
                        select l.id, c.slug as course, l.slug, v.title, v.markdown, l.minutes, v.version,
                               coalesce(v.written_at, c.created_at) as written_at
                          from courses c
                          join lessons l on l.organization_id = c.organization_id and l.course_id = c.id
                          join lesson_versions v
                            on v.organization_id = l.organization_id and v.lesson_id = l.id
                         where c.slug = :course and l.id = :lesson and l.deleted_at is null
                           and v.version = :version
                        """)
                .param("course", course)
                .param("lesson", lesson)
                .param("version", version)
                .query(LessonTextStore::text)
                .optional();
    }

    /** A text, and what the caller is in its course. */
    record Seen(LessonText text, CourseStanding standing) {}

    /** The present text, then those of the versions that were asked for and are there. */
    List<Seen> present(String course, UUID lesson, List<Integer> versions) {
        return jdbc.sql(
                        """
                        select l.id, c.slug as course, l.slug, v.title, v.markdown, l.minutes, v.version,
                               coalesce(v.written_at, c.created_at) as written_at,
                               course_standing(c.id) as standing
                          from courses c
                          join lessons l on l.organization_id = c.organization_id and l.course_id = c.id
                         cross join lateral (
                               select l.version, l.title, l.markdown, l.written_at
                                union all
                               select h.version, h.title, h.markdown, h.written_at
                                 from lesson_versions h
                                where h.organization_id = l.organization_id and h.lesson_id = l.id
                                  and h.version in (:versions)) v
                         where c.slug = :course and l.id = :lesson and l.deleted_at is null
                         order by v.version desc
                        """)
                .param("course", course)
                .param("lesson", lesson)
                .param("versions", versions)
                .query((row, number) ->
                        new Seen(text(row, number), CourseStanding.of(row.getString("standing"))))
                .list();
    }

    /** The version before is kept by the table itself. */
    void write(UUID lesson, String title, String markdown, int minutes, Instant now) {
        jdbc.sql(
                        """
                        update lessons
                           set title = :title, markdown = :markdown, minutes = :minutes,
                               written_at = :now, written_by = current_person()
                         where id = :lesson
                        """)
                .param("title", title)
                .param("markdown", markdown)
                .param("minutes", minutes)
                .param("now", now)
                .param("lesson", lesson)
                .update();
    }

    /** What it says first, then what it said, the latest first. */
    List<LessonVersion> versions(String course, UUID lesson) {
        return jdbc.sql(
                        """
                        select v.version, v.title, u.name, coalesce(v.written_at, c.created_at) as at,
                               regexp_count(v.markdown, '\\S+') as words
                          from lessons l
                          join courses c on c.organization_id = l.organization_id and c.id = l.course_id
                         cross join lateral (
                               select l.version, l.title, l.markdown, l.written_by, l.written_at
                                union all
                               select h.version, h.title, h.markdown, h.written_by, h.written_at
                                 from lesson_versions h
                                where h.organization_id = l.organization_id and h.lesson_id = l.id) v
                          left join users u on u.id = v.written_by
                         where c.slug = :course and l.id = :lesson and l.deleted_at is null
                         order by v.version desc
                        """)
                .param("course", course)
                .param("lesson", lesson)
                .query((row, number) ->
                        new LessonVersion(
                                row.getInt("version"),
                                row.getString("title"),
                                row.getString("name"),
                                row.getTimestamp("at").toInstant(),
                                row.getInt("words")))
                .list();
    }

    private static LessonText text(ResultSet row, int number) throws SQLException {
        return new LessonText(
                row.getObject("id", UUID.class),
                row.getString("course"),
                row.getString("slug"),
                row.getString("title"),
                row.getString("markdown"),
                row.getInt("minutes"),
                row.getInt("version"),
                row.getTimestamp("written_at").toInstant());
    }
}
