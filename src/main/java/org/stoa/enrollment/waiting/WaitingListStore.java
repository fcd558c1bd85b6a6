package org.stoa.enrollment.waiting;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Rows;

/**
 * Who waits. A place that is kept for somebody counts as taken and as held. Whoever changes the
 * list locks the course's places before: in this order always, so that nobody waits for each other.
 */
@Repository
class WaitingListStore {
    private final JdbcClient jdbc;

    WaitingListStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The places of a course that has a limit. */
    record Places(int capacity, int taken) {}

    /** Locks them until the transaction ends; empty where there is no limit. */
    Optional<Places> lock(UUID course) {
        // Whoever moves the limit counts anew: not while places are kept or handed over.
        jdbc.sql("select pg_advisory_xact_lock_shared(hashtextextended('seats ' || :course, 0))")
                .param("course", course.toString())
                .query((row, number) -> number)
                .list();
        return jdbc.sql(
                        """
                        select capacity, taken from course_seats
                         where organization_id = (select current_organization())
                           and course_id = :course
                           for update
                        """)
                .param("course", course)
                .query((row, number) -> new Places(row.getInt("capacity"), row.getInt("taken")))
                .optional();
    }

    boolean limited(UUID course) {
        return jdbc.sql(
                        """
                        select exists (select from course_seats
                                        where organization_id = (select current_organization())
                                          and course_id = :course)
                        """)
                .param("course", course)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    Optional<WaitingList.Full> course(UUID course) {
        return jdbc.sql(
                        """
                        select slug, title from courses
                         where organization_id = (select current_organization())
                           and id = :course and current_release_id is not null
                        """)
                .param("course", course)
                .query((row, number) ->
                        new WaitingList.Full(row.getString("slug"), row.getString("title")))
                .optional();
    }

    /** Repeated, it changes nothing. */
    void add(UUID person, UUID course, Instant now) {
        jdbc.sql(
                        """
                        insert into waiting_list (organization_id, course_id, user_id, since)
                        values (current_organization(), :course, :person, :now)
                        on conflict do nothing
                        """)
                .param("person", person)
                .param("course", course)
                .param("now", now)
                .update();
    }

    /** The place that is kept for somebody becomes theirs; false where none is. */
    boolean claim(UUID person, UUID course, Instant now) {
        return jdbc.sql(
                                """
                                with gone as (
                                    delete from waiting_list
                                     where organization_id = (select current_organization())
                                       and course_id = :course and user_id = :person
                                       and held_until > :now
                                    returning 1
                                )
                                update course_seats
                                   set held = held - 1
                                 where organization_id = (select current_organization())
                                   and course_id = :course and held > 0
                                   and exists (select from gone)
                                """)
                        .param("person", person)
                        .param("course", course)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** Somebody waits no more; true where a place that was kept for them is free now. */
    boolean remove(UUID person, UUID course) {
        return jdbc.sql(
                                """
                                with gone as (
                                    delete from waiting_list
                                     where organization_id = (select current_organization())
                                       and course_id = :course and user_id = :person
                                    returning held_until
                                )
                                update course_seats
                                   set held = held - 1, taken = taken - 1
                                 where organization_id = (select current_organization())
                                   and course_id = :course and held > 0
                                   and exists (select from gone where held_until is not null)
                                """)
                        .param("person", person)
                        .param("course", course)
                        .update()
                == 1;
    }

    /** Those whose time is over, and those who are in anyway, wait no more. */
    void tidy(UUID course, Instant now) {
        jdbc.sql(
                        """
                        with gone as (
                            delete from waiting_list w
                             where w.organization_id = (select current_organization())
                               and w.course_id = :course
                               and (w.held_until <= :now
                                    or exists (select from enrollments e
                                                where e.organization_id = w.organization_id
                                                  and e.course_id = w.course_id
                                                  and e.user_id = w.user_id and e.status = 'active')
                                    or not exists (select from organization_memberships m
                                                    where m.organization_id = w.organization_id
                                                      and m.user_id = w.user_id and m.status = 'active'))
                            returning w.held_until
                        ), free as (
                            select cast(count(held_until) as int) as places from gone
                        )
                        update course_seats s
                           set held = s.held - least(s.held, free.places),
                               taken = s.taken - least(s.held, free.places)
                          from free
                         where s.organization_id = (select current_organization())
                           and s.course_id = :course and free.places > 0
                        """)
                .param("course", course)
                .param("now", now)
                .update();
    }

    /** Keeps places for the first in line, as many as that, where the course takes learners in. */
    List<UUID> offer(UUID course, int places, Instant now, Instant until) {
        return jdbc.sql(
                        """
                        with next as (
                            select w.organization_id, w.course_id, w.user_id
                              from waiting_list w
                              join courses c on c.organization_id = w.organization_id and c.id = w.course_id
                              left join course_terms t on t.organization_id = c.organization_id and t.course_id = c.id
                             where w.organization_id = (select current_organization())
                               and w.course_id = :course and w.held_until is null
                               and c.current_release_id is not null
                               and (t.closes_at is null or t.closes_at > :now)
                             order by w.since, w.user_id
                             limit :places
                        ), offered as (
                            update waiting_list w
                               set offered_at = :now, held_until = :until
                              from next n
                             where w.organization_id = n.organization_id
                               and w.course_id = n.course_id and w.user_id = n.user_id
                            returning w.user_id
                        ), kept as (
                            update course_seats s
                               set held = s.held + o.many, taken = s.taken + o.many
                              from (select cast(count(*) as int) as many from offered) o
                             where s.organization_id = (select current_organization())
                               and s.course_id = :course and o.many > 0
                        )
                        select user_id from offered
                        """)
                .param("course", course)
                .param("places", places)
                .param("now", now)
                .param("until", until)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** How somebody stands in line; for the school's office. */
    Optional<WaitingList.Turn> turn(UUID person, UUID course, Instant now) {
        return jdbc.sql(
                        """
                        select w.since,
                               case when w.held_until > :now then w.held_until end as held_until,
                               (select count(*) from waiting_list b
                                 where b.organization_id = w.organization_id
                                   and b.course_id = w.course_id and b.held_until is null
                                   and (b.since, b.user_id) < (w.since, w.user_id)) as before
                          from waiting_list w
                         where w.organization_id = (select current_organization())
                           and w.course_id = :course and w.user_id = :person
                        """)
                .param("person", person)
                .param("course", course)
                .param("now", now)
                .query((row, number) ->
                        new WaitingList.Turn(
                                row.getInt("before") + 1, Rows.instant(row, "held_until")))
                .optional();
    }

    /** The first in line first. */
    List<Waiting> list(UUID course, @Nullable UUID after, int limit) {
        return jdbc.sql(
                        """
                        select w.user_id, coalesce(u.name, '') as name, coalesce(u.email, '') as email,
                               w.since, w.offered_at, w.held_until
                          from waiting_list w
                          left join users u on u.id = w.user_id
                         where w.organization_id = (select current_organization())
                           and w.course_id = :course
                           and (cast(:after as uuid) is null
                                or (w.since, w.user_id) > (select a.since, a.user_id
                                                             from waiting_list a
                                                            where a.organization_id = w.organization_id
                                                              and a.course_id = w.course_id
                                                              and a.user_id = cast(:after as uuid)))
                         order by w.since, w.user_id
                         limit :limit
                        """)
                .param("course", course)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query(WaitingListStore::waiting)
                .list();
    }

    private static Waiting waiting(ResultSet row, int number) throws SQLException {
        return new Waiting(
                row.getObject("user_id", UUID.class),
                row.getString("name"),
                row.getString("email"),
                row.getObject("since", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "offered_at"),
                Rows.instant(row, "held_until"));
    }
}
