package org.stoa.catalog.records;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.people.CourseRole;

/** Reads and writes what of courses does not stand in their folders. */
@Repository
class CourseRecordStore {
    private static final int ROWS_AT_ONCE = 500;

    private final JdbcClient jdbc;

    CourseRecordStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<CourseRecord> courses() {
        return jdbc.sql(
                        """
                        select c.slug, c.title, coalesce(lower(u.email), '') as author,
                               coalesce(r.note, '') as note,
                               case when r.id is null then 'no'
                                    when c.updated_at > r.published_at then 'changed'
                                    else 'yes' end as published
                          from courses c
                          left join course_releases r
                            on r.organization_id = c.organization_id and r.id = c.current_release_id
                          left join users u on u.id = c.created_by
                         where c.organization_id = (select current_organization())
                         order by r.published_at nulls last, c.slug collate "C"
                        """)
                .query((row, number) ->
                        new CourseRecord(
                                row.getString("slug"),
                                row.getString("title"),
                                row.getString("author"),
                                Publication.valueOf(
                                        row.getString("published").toUpperCase(Locale.ROOT)),
                                row.getString("note")))
                .list();
    }

    void teachers(Consumer<TeacherRecord> into) {
        jdbc.sql(
                        """
                        select c.slug, lower(u.email) as email, s.role
                          from course_staff s
                          join courses c on c.organization_id = s.organization_id and c.id = s.course_id
                          join users u on u.id = s.teacher_id
                         where s.organization_id = (select current_organization())
                         order by c.slug collate "C", lower(u.email) collate "C"
                        """)
                .withFetchSize(ROWS_AT_ONCE)
                .query(row -> {
                    into.accept(
                            new TeacherRecord(
                                    row.getString("slug"),
                                    row.getString("email"),
                                    CourseRole.of(row.getString("role"))));
                });
    }

    /** By courses and keys alone, which stay the same wherever the school goes. */
    List<SharedLessonRecord> sharedLessons() {
        return jdbc.sql(
                        """
                        with shared as (
                            select l.shared_text, c.slug, l.source_key,
                                   first_value(c.slug) over each as first_slug,
                                   first_value(l.source_key) over each as first_key,
                                   count(*) over (partition by l.shared_text) as places
                              from lessons l
                              join courses c on c.organization_id = l.organization_id and c.id = l.course_id
                             where l.organization_id = (select current_organization())
                               and l.shared_text is not null and l.deleted_at is null
                            window each as (
                                partition by l.shared_text
                                order by c.slug collate "C", l.source_key collate "C"))
                        select dense_rank() over (
                                   order by first_slug collate "C", first_key collate "C") as text,
                               slug, source_key
                          from shared
                         where places > 1
                         order by text, slug collate "C"
                        """)
                .query((row, number) ->
                        new SharedLessonRecord(
                                row.getInt("text"),
                                row.getString("slug"),
                                row.getString("source_key")))
                .list();
    }

    /** A lesson that shall share its text. */
    record Sharer(UUID id, UUID course, @Nullable UUID text, String title, String markdown) {
        boolean says(Sharer other) {
            return title.equals(other.title) && markdown.equals(other.markdown);
        }
    }

    Optional<Sharer> sharer(String slug, String key) {
        return jdbc.sql(
                        """
                        select l.id, l.course_id, l.shared_text, l.title, l.markdown
                          from lessons l
                          join courses c on c.organization_id = l.organization_id and c.id = l.course_id
                         where l.organization_id = (select current_organization())
                           and c.slug = :slug and l.source_key = :key and l.deleted_at is null
                        """)
                .param("slug", slug)
                .param("key", key)
                .query((row, number) ->
                        new Sharer(
                                row.getObject("id", UUID.class),
                                row.getObject("course_id", UUID.class),
                                row.getObject("shared_text", UUID.class),
                                row.getString("title"),
                                row.getString("markdown")))
                .optional();
    }

    /** The lessons have the text of the first, under one name. */
    void share(UUID first, List<UUID> all, UUID text, Instant now) {
        jdbc.sql(
                        """
                        update lessons l
                           set shared_text = :text, title = f.title, markdown = f.markdown,
                               minutes = f.minutes,
                               written_at = case when (l.title, l.markdown) = (f.title, f.markdown)
                                                 then l.written_at else :now end
                          from lessons f
                         where f.organization_id = (select current_organization()) and f.id = :first
                           and l.organization_id = f.organization_id
                           and l.id = any(cast(:all as uuid[]))
                        """)
                .param("text", text)
                .param("first", first)
                .param("all", all.toArray(UUID[]::new))
                .param("now", now)
                .update();
    }

    boolean any() {
        return jdbc.sql(
                        """
                        select exists (select from courses
                                        where organization_id = (select current_organization()))
                        """)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    Optional<UUID> member(String email) {
        return jdbc.sql(
                        """
                        select u.id
                          from organization_memberships m
                          join users u on u.id = m.user_id
                         where m.organization_id = (select current_organization())
                           and lower(u.email) = :email
                        """)
                .param("email", email)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    void dismissTeachers(String slug) {
        jdbc.sql(
                        """
                        delete from course_staff s
                         using courses c
                         where c.organization_id = s.organization_id and c.id = s.course_id
                           and s.organization_id = (select current_organization()) and c.slug = :slug
                        """)
                .param("slug", slug)
                .update();
    }

    void addTeacher(String slug, UUID person, CourseRole role, Instant now) {
        jdbc.sql(
                        """
                        insert into course_staff
                               (organization_id, course_id, teacher_id, role, added_by, added_at)
                        select organization_id, id, :person, :role, current_person(), :now
                          from courses
                         where organization_id = (select current_organization()) and slug = :slug
                        on conflict do nothing
                        """)
                .param("slug", slug)
                .param("person", person)
                .param("role", role.word())
                .param("now", now)
                .update();
    }
}
