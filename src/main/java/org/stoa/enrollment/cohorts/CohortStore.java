package org.stoa.enrollment.cohorts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Cohorts and who is in them. */
@Repository
class CohortStore {
    private static final int MOST_SHOWN = 500;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    CohortStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<UUID> course(String slug) {
        return jdbc.sql("select id from courses where slug = :slug")
                .param("slug", slug)
                .query(UUID.class)
                .optional();
    }

    List<Cohort> all(UUID course) {
        return jdbc.sql(
                        """
                        select * from cohorts
                         where course_id = :course and archived_at is null
                         order by starts_at nulls first, name, id
                        """)
                .param("course", course)
                .query(this::cohort)
                .list();
    }

    /** Locked until the transaction ends. */
    Optional<Cohort> lock(UUID course, UUID id) {
        return jdbc.sql(
                        """
                        select * from cohorts
                         where course_id = :course and id = :id and archived_at is null
                           for update
                        """)
                .param("course", course)
                .param("id", id)
                .query(this::cohort)
                .optional();
    }

    Optional<Cohort> find(UUID course, UUID id) {
        return jdbc.sql(
                        """
                        select * from cohorts
                         where course_id = :course and id = :id and archived_at is null
                        """)
                .param("course", course)
                .param("id", id)
                .query(this::cohort)
                .optional();
    }

    void add(UUID id, UUID course, Cohort.Wanted wanted, Instant now) {
        jdbc.sql(
                        """
                        insert into cohorts
                               (organization_id, id, course_id, name, starts_at, joinable, capacity,
                                calendar, created_at)
                        values (current_organization(), :id, :course, :name,
                                cast(:startsAt as timestamptz), :joinable, cast(:capacity as int),
                                cast(:calendar as jsonb), :now)
                        """)
                .param("id", id)
                .param("course", course)
                .param("now", now)
                .params(values(wanted))
                .update();
    }

    void write(UUID id, Cohort.Wanted wanted) {
        jdbc.sql(
                        """
                        update cohorts
                           set name = :name, starts_at = cast(:startsAt as timestamptz),
                               joinable = :joinable, capacity = cast(:capacity as int),
                               calendar = cast(:calendar as jsonb), version = version + 1
                         where id = :id
                        """)
                .param("id", id)
                .params(values(wanted))
                .update();
    }

    void archive(UUID id, Instant now) {
        jdbc.sql("update cohorts set archived_at = :now where id = :id")
                .param("now", now)
                .param("id", id)
                .update();
    }

    List<Cohort.Learner> learners(UUID cohort) {
        return jdbc.sql(
                        """
                        select u.id, u.name, u.email
                          from enrollments e
                          join users u on u.id = e.user_id
                         where e.cohort_id = :cohort and e.status = 'active'
                         order by u.name, u.id
                         limit :most
                        """)
                .param("cohort", cohort)
                .param("most", MOST_SHOWN)
                .query((row, number) ->
                        new Cohort.Learner(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("email")))
                .list();
    }

    /** The member of the school with this address. */
    Optional<UUID> member(String email) {
        return jdbc.sql(
                        """
                        select u.id
                          from users u
                          join organization_memberships m
                            on m.organization_id = (select current_organization()) and m.user_id = u.id
                         where lower(u.email) = lower(:email) and m.status = 'active'
                        """)
                .param("email", email)
                .query(UUID.class)
                .optional();
    }

    private Map<String, @Nullable Object> values(Cohort.Wanted wanted) {
        var values = new java.util.HashMap<String, @Nullable Object>();
        values.put("name", wanted.name());
        values.put("startsAt", wanted.startsAt() == null ? null : wanted.startsAt().toString());
        values.put("joinable", wanted.joinable());
        values.put("capacity", wanted.capacity() == null ? null : wanted.capacity().toString());
        values.put("calendar", json.writeValueAsString(wanted.calendar()));
        return values;
    }

    private Cohort cohort(ResultSet row, int number) throws SQLException {
        var startsAt = row.getObject("starts_at", OffsetDateTime.class);
        return new Cohort(
                row.getObject("id", UUID.class),
                row.getString("name"),
                startsAt == null ? null : startsAt.toInstant(),
                row.getBoolean("joinable"),
                (Integer) row.getObject("capacity"),
                row.getInt("taken"),
                json.readValue(
                        row.getString("calendar"), new TypeReference<Map<UUID, Instant>>() {}),
                row.getInt("version"));
    }
}
