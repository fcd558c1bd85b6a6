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

    /**
     * Opens a place, takes a seat where seats are limited, and writes the free grant: all in one
     * statement. When it is opened and limited and not seated, the caller must roll back.
     */
    Attempt open(UUID enrollment, UUID grant, UUID person, UUID course, Instant now) {
        return jdbc.sql(
                        """
                        with opened as (
                            insert into enrollments
                                   (organization_id, id, user_id, course_id, enrolled_at, last_activity_at)
                            values (current_organization(), :enrollment, :person, :course, :now, :now)
                            on conflict (organization_id, user_id, course_id) do nothing
                            returning organization_id, user_id, course_id
                        ), granted as (
                            insert into access_grants
                                   (organization_id, id, user_id, course_id, source, starts_at, created_at)
                            select organization_id, :grant, user_id, course_id, 'free', :now, :now
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
                        """)
                .param("enrollment", enrollment)
                .param("grant", grant)
                .param("person", person)
                .param("course", course)
                .param("now", now)
                .query((row, number) ->
                        new Attempt(
                                row.getBoolean("opened"),
                                row.getBoolean("seated"),
                                row.getBoolean("limited")))
                .single();
    }

    boolean full(UUID course) {
        return jdbc.sql(
                        """
                        select exists (select from course_seats
                                        where organization_id = (select current_organization())
                                          and course_id = :course and taken >= capacity)
                        """)
                .param("course", course)
                .query(Boolean.class)
                .single();
    }

    @Nullable Enrollment find(UUID person, UUID course) {
        return jdbc.sql(
                        """
                        select id, course_id, user_id, status
                          from enrollments
                         where user_id = :person and course_id = :course
                           for update
                        """)
                .param("person", person)
                .param("course", course)
                .query(EnrollmentStore::enrollment)
                .optional()
                .orElse(null);
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

    private static Enrollment enrollment(ResultSet row, int number) throws SQLException {
        return new Enrollment(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getObject("user_id", UUID.class),
                EnrollmentStatus.of(row.getString("status")));
    }
}
