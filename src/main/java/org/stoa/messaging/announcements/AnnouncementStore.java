package org.stoa.messaging.announcements;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Announcements, and whom they are for. */
@Repository
class AnnouncementStore {
    /** A course by its slug, as the caller stands to it. */
    private static final String COURSE =
            """
            select c.id as course, c.slug, coalesce(r.document ->> 'title', c.title) as course_title,
                   course_standing(c.id) is not null
                   or exists (select from enrollments e
                                join access_grants g
                                  on g.organization_id = e.organization_id
                                 and g.user_id = e.user_id and g.course_id = e.course_id
                               where e.organization_id = c.organization_id
                                 and e.course_id = c.id
                                 and e.user_id = (select current_person())
                                 and e.status = 'active' and g.starts_at <= :now
                                 and (g.ends_at is null or g.ends_at > :now)) as inside
              from courses c
              left join course_releases r
                     on r.organization_id = c.organization_id and r.id = c.current_release_id
             where c.organization_id = (select current_organization()) and c.slug = :slug
               and (c.current_release_id is not null or (select is_staff()))
            """;

    /** No course: the whole school. */
    private static final String SCHOOL =
            """
            select cast(null as uuid) as course, '' as slug, '' as course_title, true as inside
             where cast(:slug as text) is null and cast(:now as timestamptz) is not null
            """;

    /** In one statement, since a page has few. */
    private static final String BOARD =
            """
            with place as (%s)
            select p.course, p.slug, p.course_title, p.inside, a.*,
                   case when not :all then 0
                        when p.course is null then (
                             select count(*) from organization_memberships m
                              where m.organization_id = (select current_organization())
                                and m.status = 'active'
                                and m.user_id is distinct from (select current_person()))
                        else (
                             select count(*) from enrollments e
                               join organization_memberships m
                                 on m.organization_id = e.organization_id
                                and m.user_id = e.user_id and m.status = 'active'
                              where e.organization_id = (select current_organization())
                                and e.course_id = p.course and e.status = 'active'
                                and e.user_id is distinct from (select current_person())) end as audience
              from place p
              left join lateral (
                    select a.id, a.title, a.body, a.status, a.due_at, a.told,
                           coalesce(u.name, '') as author
                      from announcements a
                      left join users u on u.id = a.written_by
                     where a.organization_id = (select current_organization())
                       and a.course_id is not distinct from p.course
                       and (:all or a.status in ('going', 'told'))
                       and (cast(:before as uuid) is null
                            or (a.due_at, a.id)
                               < (select b.due_at, b.id from announcements b
                                   where b.organization_id = a.organization_id
                                     and b.id = cast(:before as uuid)))
                     order by a.due_at desc, a.id desc
                     limit :most) a on true
             order by a.due_at desc, a.id desc
            """;

    private final JdbcClient jdbc;

    AnnouncementStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A course, as the caller stands to it.
     *
     * @param inside they have a place in it, or teach it
     */
    record Course(UUID id, String slug, String title, boolean inside) {}

    /** Empty where the caller may not know that there is one. */
    Optional<Course> course(String slug, Instant now) {
        return jdbc.sql(COURSE)
                .param("slug", slug)
                .param("now", at(now))
                .query((row, number) ->
                        new Course(
                                row.getObject("course", UUID.class),
                                row.getString("slug"),
                                row.getString("course_title"),
                                row.getBoolean("inside")))
                .optional();
    }

    /** False where the same form was sent before. */
    boolean add(
            UUID id,
            @Nullable UUID course,
            SchoolAnnouncements.Wish wish,
            String once,
            Instant due,
            Instant now) {
        return jdbc.sql(
                                """
                                insert into announcements
                                       (organization_id, id, course_id, title, body, status, due_at,
                                        once, written_by, written_at)
                                values (current_organization(), :id, cast(:course as uuid), :title,
                                        :body, 'scheduled', :due, :once, current_person(), :now)
                                on conflict (organization_id, once) do nothing
                                """)
                        .param("id", id)
                        .param("course", course, Types.OTHER)
                        .param("title", wish.title())
                        .param("body", wish.text())
                        .param("due", at(due))
                        .param("once", once)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    /**
     * A page of announcements.
     *
     * @param course null for the whole school
     * @param audience how many would be told now; 0 where nobody asked
     */
    record Board(@Nullable Course course, int audience, List<Announcement> items) {}

    /**
     * Those of a course or (null) of the school, the last to go first; empty where the caller may
     * not know that there is such a course.
     *
     * @param all those too that nobody was told of, and how many would be told now
     */
    Optional<Board> board(
            @Nullable String slug, boolean all, @Nullable UUID before, int most, Instant now) {
        var items = new ArrayList<Announcement>();
        return jdbc
                .sql(BOARD.formatted(slug == null ? SCHOOL : COURSE))
                .param("slug", slug, Types.VARCHAR)
                .param("all", all)
                .param("before", before, Types.OTHER)
                .param("most", most)
                .param("now", at(now))
                .query((row, number) -> {
                    if (row.getObject("id") != null) {
                        items.add(announcement(row));
                    }
                    var course = row.getObject("course", UUID.class);
                    return new Board(
                            course == null
                                    ? null
                                    : new Course(
                                            course,
                                            row.getString("slug"),
                                            row.getString("course_title"),
                                            row.getBoolean("inside")),
                            row.getInt("audience"),
                            items);
                })
                .list()
                .stream()
                .findFirst();
    }

    /** Where the same form was sent before: what came of it then. */
    Optional<Announcement> sent(@Nullable UUID course, String once) {
        return jdbc.sql(
                        """
                        select id, title, body, status, due_at, told, '' as author
                          from announcements
                         where organization_id = (select current_organization())
                           and course_id is not distinct from cast(:course as uuid)
                           and once = :once and written_by = (select current_person())
                        """)
                .param("course", course, Types.OTHER)
                .param("once", once)
                .query((row, number) -> announcement(row))
                .optional();
    }

    Optional<Announcement> find(@Nullable UUID course, UUID id) {
        return jdbc.sql(
                        """
                        select id, title, body, status, due_at, told, '' as author
                          from announcements
                         where organization_id = (select current_organization())
                           and course_id is not distinct from cast(:course as uuid) and id = :id
                        """)
                .param("course", course, Types.OTHER)
                .param("id", id)
                .query((row, number) -> announcement(row))
                .optional();
    }

    /** False when it does not wait any more: whoever begins to tell it has the row first. */
    boolean cancel(@Nullable UUID course, UUID id, Instant now) {
        return jdbc.sql(
                                """
                                update announcements set status = 'cancelled', ended_at = :now
                                 where organization_id = (select current_organization())
                                   and course_id is not distinct from cast(:course as uuid)
                                   and id = :id and status = 'scheduled'
                                """)
                        .param("course", course, Types.OTHER)
                        .param("id", id)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    /**
     * An announcement that is being told.
     *
     * @param slug of its course; empty for the whole school
     */
    record Going(UUID id, @Nullable UUID course, String slug, String courseTitle, String title) {}

    /** Has it going, and its row locked; empty where it was called off, or everybody is told. */
    boolean begin(UUID id) {
        return jdbc.sql(
                                """
                                update announcements set status = 'going'
                                 where organization_id = (select current_organization())
                                   and id = :id and status in ('scheduled', 'going')
                                """)
                        .param("id", id)
                        .update()
                == 1;
    }

    Going going(UUID id) {
        return jdbc.sql(
                        """
                        select a.id, a.course_id, a.title, coalesce(c.slug, '') as slug,
                               coalesce(r.document ->> 'title', c.title, '') as course_title
                          from announcements a
                          left join courses c
                                 on c.organization_id = a.organization_id and c.id = a.course_id
                          left join course_releases r
                                 on r.organization_id = c.organization_id
                                and r.id = c.current_release_id
                         where a.organization_id = (select current_organization()) and a.id = :id
                        """)
                .param("id", id)
                .query((row, number) ->
                        new Going(
                                row.getObject("id", UUID.class),
                                row.getObject("course_id", UUID.class),
                                row.getString("slug"),
                                row.getString("course_title"),
                                row.getString("title")))
                .single();
    }

    /** Whom it is for, but for who wrote it, from one person on, in the order of their ids. */
    List<UUID> people(Going going, UUID after, int most) {
        return jdbc.sql(
                        going.course() == null
                                ? """
                                select m.user_id from organization_memberships m
                                  join announcements a
                                    on a.organization_id = m.organization_id and a.id = :id
                                 where m.organization_id = (select current_organization())
                                   and m.status = 'active' and m.user_id > :after
                                   and m.user_id is distinct from a.written_by
                                 order by m.user_id
                                 limit :most
                                """
                                : """
                                select e.user_id from enrollments e
                                  join announcements a
                                    on a.organization_id = e.organization_id
                                   and a.course_id = e.course_id and a.id = :id
                                  join organization_memberships m
                                    on m.organization_id = e.organization_id
                                   and m.user_id = e.user_id and m.status = 'active'
                                 where e.organization_id = (select current_organization())
                                   and e.status = 'active' and e.user_id > :after
                                   and e.user_id is distinct from a.written_by
                                 order by e.user_id
                                 limit :most
                                """)
                .param("id", going.id())
                .param("after", after)
                .param("most", most)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    void told(UUID id, int more) {
        jdbc.sql(
                        """
                        update announcements set told = told + :more
                         where organization_id = (select current_organization()) and id = :id
                        """)
                .param("more", more)
                .param("id", id)
                .update();
    }

    void end(UUID id, Instant now) {
        jdbc.sql(
                        """
                        update announcements set status = 'told', ended_at = :now
                         where organization_id = (select current_organization()) and id = :id
                        """)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    /** Its words, for a mail. */
    Optional<String> text(UUID id) {
        return jdbc.sql(
                        """
                        select body from announcements
                         where organization_id = (select current_organization()) and id = :id
                        """)
                .param("id", id)
                .query((row, number) -> row.getString(1))
                .optional();
    }

    private static Announcement announcement(ResultSet row) throws SQLException {
        return new Announcement(
                row.getObject("id", UUID.class),
                row.getString("title"),
                row.getString("body"),
                Announcement.Status.of(row.getString("status")),
                row.getObject("due_at", OffsetDateTime.class).toInstant(),
                row.getInt("told"),
                row.getString("author"));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
