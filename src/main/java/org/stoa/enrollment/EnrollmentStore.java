package org.stoa.enrollment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Places in courses, the grants behind them, and the count of learners. */
@Repository
class EnrollmentStore {
    private static final String OPEN =
            """
            with opened as (
                insert into enrollments
                       (organization_id, id, user_id, course_id, enrolled_at, last_activity_at,
                        cohort_id)
                values (current_organization(), :enrollment, :person, :course, :now, :now,
                        cast(:cohort as uuid))
                on conflict (organization_id, user_id, course_id) do nothing
                returning organization_id, user_id, course_id
            ), granted as (
                insert into access_grants
                       (organization_id, id, user_id, course_id, source, source_reference,
                        starts_at, ends_at, created_at)
                select organization_id, :grant, user_id, course_id, :source, :reference,
                       :now, cast(:ends as timestamptz), :now
                  from opened
            ), seat as (
                update course_seats s
                   set taken = taken + 1
                  from opened o
                 where s.organization_id = o.organization_id
                   and s.course_id = o.course_id
                   and s.taken < s.capacity
                returning 1
            )
            select exists (select from opened) as opened,
                   exists (select from seat) as seated,
                   exists (select from course_seats where course_id = :course) as limited
            """;

    private final JdbcClient jdbc;

    EnrollmentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What one attempt did.
     *
     * @param opened a new place was made
     * @param seated one of a limited number of seats was taken
     * @param limited the course has a limited number of seats
     */
    record Attempt(boolean opened, boolean seated, boolean limited) {}

    /** A place to be opened, with the reason for it. */
    record Fresh(
            UUID enrollment,
            UUID grantId,
            UUID person,
            UUID course,
            @Nullable UUID cohort,
            Grant grant) {}

    /**
     * Opens a place, takes a seat where seats are limited, and writes the grant: all in one
     * statement. When it is opened and limited and not seated, the caller must roll back.
     */
    Attempt open(Fresh fresh, Instant now) {
        return jdbc.sql(OPEN)
                .param("enrollment", fresh.enrollment())
                .param("grant", fresh.grantId())
                .param("person", fresh.person())
                .param("course", fresh.course())
                .param("cohort", text(fresh.cohort()))
                .param("source", fresh.grant().source().word())
                .param("reference", fresh.grant().reference())
                .param("ends", text(fresh.grant().endsAt()))
                .param("now", now)
                .query((row, number) ->
                        new Attempt(
                                row.getBoolean("opened"),
                                row.getBoolean("seated"),
                                row.getBoolean("limited")))
                .single();
    }

    /** A person's place, locked until the transaction ends. */
    @Nullable Enrollment find(UUID person, UUID course, Instant now) {
        return jdbc.sql(
                        """
                        select e.id, e.course_id, e.user_id, e.status, e.cohort_id,
                               exists (select from access_grants g
                                        where g.organization_id = e.organization_id
                                          and g.user_id = e.user_id and g.course_id = e.course_id
                                          and (g.ends_at is null or g.ends_at > :now)) as open
                          from enrollments e
                         where e.user_id = :person and e.course_id = :course
                           for update
                        """)
                .param("person", person)
                .param("course", course)
                .param("now", now)
                .query(EnrollmentStore::enrollment)
                .optional()
                .orElse(null);
    }

    boolean member(UUID person) {
        return jdbc.sql(
                        """
                        select exists (select from organization_memberships
                                        where organization_id = (select current_organization())
                                          and user_id = :person and status = 'active')
                        """)
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    /** One place of a cohort's; false when none is free, or the course has no such cohort. */
    boolean takeCohortPlace(UUID course, UUID cohort) {
        return jdbc.sql(
                                """
                                update cohorts
                                   set taken = taken + 1
                                 where organization_id = (select current_organization())
                                   and course_id = :course and id = :cohort and archived_at is null
                                   and (capacity is null or taken < capacity)
                                """)
                        .param("course", course)
                        .param("cohort", cohort)
                        .update()
                == 1;
    }

    void leaveCohortPlace(UUID cohort) {
        jdbc.sql(
                        """
                        update cohorts
                           set taken = taken - 1
                         where organization_id = (select current_organization())
                           and id = :cohort and taken > 0
                        """)
                .param("cohort", cohort)
                .update();
    }

    /** Notes the cohort that somebody is in; null for none. */
    void join(UUID person, UUID course, @Nullable UUID cohort) {
        jdbc.sql(
                        """
                        update enrollments
                           set cohort_id = cast(:cohort as uuid), revision = revision + 1
                         where user_id = :person and course_id = :course
                        """)
                .param("person", person)
                .param("course", course)
                .param("cohort", cohort == null ? null : cohort.toString())
                .update();
    }

    /** Gives access to somebody with a place; again, where it had ended. */
    void grant(UUID id, UUID person, UUID course, Grant grant, Instant now) {
        jdbc.sql(
                        """
                        insert into access_grants
                               (organization_id, id, user_id, course_id, source, source_reference,
                                starts_at, ends_at, created_at)
                        values (current_organization(), :id, :person, :course, :source, :reference,
                                :now, cast(:ends as timestamptz), :now)
                        on conflict (organization_id, user_id, course_id, source, source_reference)
                        do update set ends_at = excluded.ends_at
                        """)
                .param("id", id)
                .param("person", person)
                .param("course", course)
                .param("source", grant.source().word())
                .param("reference", grant.reference())
                .param("ends", text(grant.endsAt()))
                .param("now", now)
                .update();
    }

    /** Ends access that was free: who comes back is asked what the course asks by then. */
    void endFree(UUID person, UUID course, Instant now) {
        jdbc.sql(
                        """
                        update access_grants
                           set ends_at = greatest(starts_at, :now)
                         where user_id = :person and course_id = :course and source = 'free'
                           and ends_at is null
                        """)
                .param("person", person)
                .param("course", course)
                .param("now", now)
                .update();
    }

    /** Ends the access that being in a cohort gave. */
    void end(UUID person, UUID course, UUID cohort, Instant now) {
        jdbc.sql(
                        """
                        update access_grants
                           set ends_at = greatest(starts_at, :now)
                         where user_id = :person and course_id = :course and source = 'cohort'
                           and source_reference = cast(:cohort as text) and ends_at is null
                        """)
                .param("person", person)
                .param("course", course)
                .param("cohort", cohort)
                .param("now", now)
                .update();
    }

    void change(UUID person, UUID course, EnrollmentStatus status, Instant now) {
        jdbc.sql(
                        """
                        update enrollments
                           set status = :status, last_activity_at = :now
                         where user_id = :person and course_id = :course
                        """)
                .param("status", status.word())
                .param("now", now)
                .param("person", person)
                .param("course", course)
                .update();
    }

    /** Gives one seat back, or takes one again; false when none is free. */
    boolean moveSeat(UUID course, int by) {
        return jdbc.sql(
                        """
                        with moved as (
                            update course_seats
                               set taken = taken + :by
                             where course_id = :course and taken + :by between 0 and capacity
                            returning 1
                        )
                        select exists (select from moved)
                            or not exists (select from course_seats where course_id = :course)
                        """)
                .param("by", by)
                .param("course", course)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** Counts the learners of a course anew. */
    void count(UUID course, Instant now) {
        jdbc.sql(
                        """
                        insert into course_statistics as s (organization_id, course_id, learners, counted_at)
                        select current_organization(), :course, count(*), :now
                          from enrollments
                         where organization_id = (select current_organization())
                           and course_id = :course and status = 'active'
                        on conflict (organization_id, course_id) do update
                           set learners = excluded.learners, counted_at = excluded.counted_at
                         where s.counted_at <= excluded.counted_at
                        """)
                .param("course", course)
                .param("now", now)
                .update();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Enrollment enrollment(ResultSet row, int number) throws SQLException {
        return new Enrollment(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getObject("user_id", UUID.class),
                EnrollmentStatus.of(row.getString("status")),
                row.getBoolean("open"),
                row.getObject("cohort_id", UUID.class));
    }
}
