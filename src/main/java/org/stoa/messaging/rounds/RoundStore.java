package org.stoa.messaging.rounds;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.rules.Timetable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What a school looks at by the clock, as its office. */
@Repository
class RoundStore {
    private static final String COURSE =
            """
            select c.id, c.current_release_id,
                   (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'timetable',
                               jsonb_build_object('startsAt', k.starts_at,
                                                  'lessons', k.calendar))), '[]')
                      from cohorts k
                     where k.organization_id = c.organization_id
                       and k.course_id = c.id and k.archived_at is null) as cohorts
              from courses c
              join course_releases r
                on r.organization_id = c.organization_id and r.id = c.current_release_id
             where c.organization_id = (select current_organization())
            """;

    private static final String PLACE =
            """
            select e.id, e.user_id, e.enrolled_at, e.last_activity_at, c.slug, c.current_release_id,
                   case when e.cohort_id is not null then (
                        select jsonb_build_object('startsAt', k.starts_at, 'lessons', k.calendar)
                          from cohorts k
                         where k.organization_id = e.organization_id
                           and k.id = e.cohort_id) end as timetable,
                   array(select p.lesson_id from lesson_progress p
                          where p.organization_id = e.organization_id
                            and p.user_id = e.user_id and p.course_id = e.course_id
                            and p.status = 'completed') as done
              from enrollments e
              join courses c on c.organization_id = e.organization_id and c.id = e.course_id
              join organization_memberships m
                on m.organization_id = e.organization_id and m.user_id = e.user_id
               and m.status = 'active'
             where e.organization_id = (select current_organization())
               and e.status = 'active' and c.current_release_id is not null
               and exists (select from access_grants g
                            where g.organization_id = e.organization_id
                              and g.user_id = e.user_id and g.course_id = e.course_id
                              and g.starts_at <= :now and (g.ends_at is null or g.ends_at > :now))
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    RoundStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** How far was looked; the row is locked until the transaction ends. */
    Optional<Instant> lookedUntil(String kind) {
        return jdbc.sql(
                        """
                        select looked_until from message_rounds
                         where organization_id = (select current_organization()) and kind = :kind
                           for update
                        """)
                .param("kind", kind)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    /** Never back. */
    void look(String kind, Instant until) {
        jdbc.sql(
                        """
                        insert into message_rounds as r (organization_id, kind, looked_until)
                        values (current_organization(), :kind, :until)
                        on conflict (organization_id, kind) do update
                           set looked_until = greatest(r.looked_until, excluded.looked_until)
                        """)
                .param("kind", kind)
                .param("until", at(until))
                .update();
    }

    /**
     * A published course in which somebody learns and something may open by the clock.
     *
     * @param cohorts groups with a calendar of their own
     */
    record Course(UUID id, UUID release, List<Cohort> cohorts) {}

    record Cohort(UUID id, Timetable timetable) {}

    /** In the order of their ids, from one on. */
    List<Course> courses(UUID after, int most) {
        return jdbc.sql(
                        COURSE
                                + """
                                   and c.id > :after
                                   and exists (select from enrollments e
                                                where e.organization_id = c.organization_id
                                                  and e.course_id = c.id and e.status = 'active')
                                   and (jsonb_path_exists(r.document,
                                            '$.modules[*].lessons[*].rules.opensAt ? (@ != null)')
                                        or jsonb_path_exists(r.document,
                                            '$.modules[*].lessons[*].rules.opensAfterDays ? (@ != null)')
                                        or exists (select from cohorts k
                                                    where k.organization_id = c.organization_id
                                                      and k.course_id = c.id
                                                      and k.archived_at is null))
                                 order by c.id
                                 limit :most
                                """)
                .param("after", after)
                .param("most", most)
                .query((row, number) -> course(row))
                .list();
    }

    /** Empty where it is not to be read any more. */
    Optional<Course> course(UUID id) {
        return jdbc.sql(COURSE + " and c.id = :id")
                .param("id", id)
                .query((row, number) -> course(row))
                .optional();
    }

    private Course course(ResultSet row) throws SQLException {
        return new Course(
                row.getObject("id", UUID.class),
                row.getObject("current_release_id", UUID.class),
                json.readValue(row.getString("cohorts"), new TypeReference<List<Cohort>>() {}));
    }

    /** A place in a course, with all that decides what is open to its learner. */
    record Place(
            UUID enrollment,
            UUID learner,
            Instant since,
            Instant lastActivity,
            String slug,
            UUID release,
            Timetable timetable,
            Set<UUID> done) {}

    /**
     * Whom something may have opened to, in the order of their ids, from one learner on.
     *
     * @param all something opened to everybody
     * @param cohorts whose calendar says so
     * @param days after which something opens to each learner
     */
    record Window(
            Instant from,
            Instant to,
            boolean all,
            List<UUID> cohorts,
            List<Integer> days,
            String zone) {}

    List<Place> places(UUID course, Window window, UUID after, int most) {
        return jdbc.sql(
                        PLACE
                                + """
                                   and e.course_id = :course and e.user_id > :after
                                   and (:all or e.cohort_id = any (cast(:cohorts as uuid[]))
                                        or exists (select from unnest(cast(:days as int[])) as d (n)
                                                    where ((e.enrolled_at at time zone :zone)
                                                           + make_interval(days => d.n)) at time zone :zone
                                                          between :from and :now))
                                 order by e.user_id
                                 limit :most
                                """)
                .param("course", course)
                .param("after", after)
                .param("all", window.all())
                .param(
                        "cohorts",
                        window.cohorts().stream().map(UUID::toString).toArray(String[]::new))
                .param("days", window.days().stream().map(String::valueOf).toArray(String[]::new))
                .param("zone", window.zone())
                .param("from", at(window.from()))
                .param("now", at(window.to()))
                .param("most", most)
                .query(this::place)
                .list();
    }

    /**
     * Places whose learner began, and did nothing between these two moments and now; none whose
     * learner was reminded in this pause, or of any course lately.
     */
    List<Place> paused(
            Instant earliest, Instant latest, Instant lately, Instant now, UUID after, int most) {
        return jdbc.sql(
                        PLACE
                                + """
                                   and e.id > :after
                                   and e.last_activity_at > :earliest and e.last_activity_at <= :latest
                                   and exists (select from lesson_progress p
                                                where p.organization_id = e.organization_id
                                                  and p.user_id = e.user_id
                                                  and p.course_id = e.course_id)
                                   and not exists (select from enrollments o
                                                     join learner_reminders r
                                                       on r.organization_id = o.organization_id
                                                      and r.enrollment_id = o.id
                                                    where o.organization_id = e.organization_id
                                                      and o.user_id = e.user_id
                                                      and (r.reminded_at > :lately
                                                           or (o.id = e.id
                                                               and r.reminded_at > e.last_activity_at)))
                                 order by e.id
                                 limit :most
                                """)
                .param("after", after)
                .param("earliest", at(earliest))
                .param("latest", at(latest))
                .param("lately", at(lately))
                .param("now", at(now))
                .param("most", most)
                .query(this::place)
                .list();
    }

    void reminded(UUID enrollment, Instant now) {
        jdbc.sql(
                        """
                        insert into learner_reminders (organization_id, enrollment_id, reminded_at)
                        values (current_organization(), :enrollment, :now)
                        on conflict (organization_id, enrollment_id) do update
                           set reminded_at = excluded.reminded_at
                        """)
                .param("enrollment", enrollment)
                .param("now", at(now))
                .update();
    }

    /** Who was told anything in a while, in the order of their ids, from one on. */
    List<UUID> told(Instant from, Instant to, UUID after, int most) {
        return jdbc.sql(
                        """
                        select m.user_id from organization_memberships m
                         where m.organization_id = (select current_organization())
                           and m.status = 'active' and m.user_id > :after
                           and exists (select from notifications n
                                        where n.organization_id = m.organization_id
                                          and n.user_id = m.user_id
                                          and n.told_at >= :from and n.told_at < :to)
                         order by m.user_id
                         limit :most
                        """)
                .param("after", after)
                .param("from", at(from))
                .param("to", at(to))
                .param("most", most)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private Place place(ResultSet row, int number) throws SQLException {
        var timetable = row.getString("timetable");
        return new Place(
                row.getObject("id", UUID.class),
                row.getObject("user_id", UUID.class),
                time(row, "enrolled_at"),
                time(row, "last_activity_at"),
                row.getString("slug"),
                row.getObject("current_release_id", UUID.class),
                timetable == null ? Timetable.NONE : json.readValue(timetable, Timetable.class),
                Set.of((UUID[]) row.getArray("done").getArray()));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
