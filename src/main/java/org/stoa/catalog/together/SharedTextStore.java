package org.stoa.catalog.together;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.together.SharedTexts.Clash;
import org.stoa.catalog.together.SharedTexts.Locked;

/** Lessons of one text, the locks of their courses, and the files that the text shows. */
@Repository
class SharedTextStore {
    private final JdbcClient jdbc;

    SharedTextStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Locked> lock(String slug) {
        return jdbc.sql(
                        """
                        select c.id, cardinality(lock_drafts(array[c.id])) = 1 as alone
                          from courses c
                         where c.organization_id = (select current_organization()) and c.slug = :slug
                        """)
                .param("slug", slug)
                .query((row, number) ->
                        new Locked(row.getObject("id", UUID.class), row.getBoolean("alone")))
                .optional();
    }

    void lock(UUID... courses) {
        jdbc.sql("select lock_drafts(cast(:courses as uuid[]))")
                .param("courses", courses)
                .query((row, number) -> number)
                .list();
    }

    /** Where a text stands beside. */
    record Other(UUID lesson, int version, UUID course, String slug) {}

    /** The lessons that have the same text as this one, also those in the bin. */
    List<Other> others(UUID lesson) {
        return jdbc.sql(
                        """
                        select o.id, o.version, o.course_id, c.slug
                          from lessons l
                          join lessons o on o.organization_id = l.organization_id
                                        and o.shared_text = l.shared_text and o.id <> l.id
                          join courses c on c.organization_id = o.organization_id and c.id = o.course_id
                         where l.organization_id = (select current_organization()) and l.id = :lesson
                        """)
                .param("lesson", lesson)
                .query((row, number) ->
                        new Other(
                                row.getObject("id", UUID.class),
                                row.getInt("version"),
                                row.getObject("course_id", UUID.class),
                                row.getString("slug")))
                .list();
    }

    /** A lesson whose text stands in another course too. */
    record Shared(UUID id, String markdown) {}

    List<Shared> lessons(UUID course) {
        return jdbc.sql(
                        """
                        select id, markdown
                          from lessons
                         where organization_id = (select current_organization())
                           and course_id = :course and shared_text is not null
                         order by id
                        """)
                .param("course", course)
                .query((row, number) ->
                        new Shared(row.getObject("id", UUID.class), row.getString("markdown")))
                .list();
    }

    /** The addresses of the other courses that share a text with this one. */
    List<String> besides(UUID course) {
        return jdbc.sql(
                        """
                        select slug
                          from courses
                         where organization_id = (select current_organization()) and id <> :course
                           and id in (select unnest(courses_of_one_text(array[cast(:course as uuid)])))
                        """)
                .param("course", course)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /**
     * Where a course has another file under one of the paths than the lesson's course has, and not
     * one that this had there before.
     */
    List<Clash> clashes(UUID lesson, Collection<String> paths, List<UUID> courses) {
        return jdbc.sql(
                        """
                        select c.title, f.path
                          from lessons l
                          join course_files f
                            on f.organization_id = l.organization_id and f.course_id = l.course_id
                           and f.deleted_at is null and f.path = any(cast(:paths as text[]))
                          join course_files g
                            on g.organization_id = f.organization_id and g.path = f.path
                           and g.course_id = any(cast(:courses as uuid[]))
                           and g.deleted_at is null and g.sha256 <> f.sha256
                          join courses c on c.organization_id = g.organization_id and c.id = g.course_id
                         where l.organization_id = (select current_organization()) and l.id = :lesson
                           and not exists (
                               select from course_files h
                                where h.organization_id = f.organization_id
                                  and h.course_id = f.course_id and h.path = f.path
                                  and h.sha256 = g.sha256 and h.deleted_at is not null)
                         order by f.path, c.title
                        """)
                .param("lesson", lesson)
                .param("paths", paths.toArray(String[]::new))
                .param("courses", courses.toArray(UUID[]::new))
                .query((row, number) -> new Clash(row.getString("title"), row.getString("path")))
                .list();
    }

    /** The lesson's files stand in the courses as they stand in its own; the bytes are the same. */
    void put(UUID lesson, Collection<String> paths, List<UUID> courses, Instant now) {
        jdbc.sql(
                        """
                        with given as (
                            select f.organization_id, o.course_id, f.path, f.sha256, f.media_type, f.size
                              from lessons l
                              join course_files f
                                on f.organization_id = l.organization_id and f.course_id = l.course_id
                               and f.deleted_at is null and f.path = any(cast(:paths as text[]))
                             cross join unnest(cast(:courses as uuid[])) as o (course_id)
                             where l.organization_id = (select current_organization())
                               and l.id = :lesson
                        ), gone as (
                            update course_files g
                               set deleted_at = :now
                              from given f
                             where g.organization_id = f.organization_id
                               and g.course_id = f.course_id and g.path = f.path
                               and g.sha256 <> f.sha256 and g.deleted_at is null
                        ), added as (
                            insert into course_files
                                   (organization_id, course_id, path, sha256, media_type, size)
                            select organization_id, course_id, path, sha256, media_type, size
                              from given
                            on conflict (organization_id, course_id, path, sha256) do update
                               set media_type = excluded.media_type, deleted_at = null
                             where course_files.deleted_at is not null
                            returning course_id)
                        update courses c
                           set updated_at = greatest(c.updated_at, :now)
                         where c.organization_id = (select current_organization())
                           and c.id in (select course_id from added)
                        """)
                .param("lesson", lesson)
                .param("paths", paths.toArray(String[]::new))
                .param("courses", courses.toArray(UUID[]::new))
                .param("now", now)
                .update();
    }

    /** Paths of other bytes in the courses that share a text with this one. */
    List<String> pathsBeside(UUID course, String sha256) {
        return jdbc.sql(
                        """
                        select distinct path
                          from course_files
                         where organization_id = (select current_organization())
                           and course_id <> :course and sha256 <> :sha256 and deleted_at is null
                           and course_id in (
                               select unnest(courses_of_one_text(array[cast(:course as uuid)])))
                        """)
                .param("course", course)
                .param("sha256", sha256)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
