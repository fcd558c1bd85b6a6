package org.stoa.enrollment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.shared.Money;
import org.stoa.tenancy.Rows;
import tools.jackson.databind.json.JsonMapper;

/** On what terms a course takes learners in. */
@Repository
class AdmissionStore {
    private static final String TERMS =
            """
                   c.id, c.current_release_id, t.opens_at, t.closes_at,
                   s.capacity is not null and s.taken >= s.capacity
                   and not exists (select from waiting_list w
                                    where w.organization_id = c.organization_id
                                      and w.course_id = c.id and w.user_id = cast(:person as uuid)
                                      and w.held_until > :now) as is_full,
                   coalesce(jsonb_build_object('amount', p.amount, 'currency', p.currency)
                            || p.others, '[]') as prices,
                   exists (select from access_grants g
                            where g.organization_id = c.organization_id
                              and g.user_id = cast(:person as uuid) and g.course_id = c.id
                              and (g.ends_at is null or g.ends_at > :now)) as granted,
                   (select coalesce(json_agg(json_build_object(
                               'slug', f.slug, 'release', f.current_release_id,
                               'done', array(
                                   select l.lesson_id
                                     from lesson_progress l
                                    where l.organization_id = f.organization_id
                                      and l.user_id = cast(:person as uuid)
                                      and l.course_id = f.id and l.status = 'completed'))
                               order by f.title), '[]')
                      from course_prerequisites p
                      join courses f on f.organization_id = p.organization_id and f.id = p.after_course_id
                     where p.organization_id = c.organization_id and p.course_id = c.id
                       and f.current_release_id is not null) as first,
                   (select coalesce(json_agg(json_build_object(
                               'id', k.id, 'name', k.name, 'startsAt', k.starts_at,
                               'full', k.capacity is not null and k.taken >= k.capacity)
                               order by k.starts_at nulls first, k.name), '[]')
                      from cohorts k
                     where k.organization_id = c.organization_id and k.course_id = c.id
                       and k.joinable and k.archived_at is null) as cohorts
              from courses c
              left join course_terms t on t.organization_id = c.organization_id and t.course_id = c.id
              left join course_seats s on s.organization_id = c.organization_id and s.course_id = c.id
              left join course_prices p on p.organization_id = c.organization_id and p.course_id = c.id
             where c.slug = :slug and c.current_release_id is not null
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AdmissionStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * The terms of a published course.
     *
     * @param prices the first one in front; none where it is free
     * @param granted whether the person has access, for whatever reason
     * @param first the published courses that are to be finished before
     * @param cohorts those that can be joined
     */
    record Terms(
            UUID course,
            UUID release,
            @Nullable Instant opensAt,
            @Nullable Instant closesAt,
            boolean full,
            List<Money> prices,
            boolean granted,
            List<Before> first,
            List<Group> cohorts) {}

    /** A course to be finished before, and the lessons of it that the person has done. */
    record Before(String slug, UUID release, Set<UUID> done) {}

    /** A cohort that can be joined. */
    record Group(UUID id, String name, @Nullable Instant startsAt, boolean full) {}

    Optional<Terms> terms(String slug, @Nullable UUID person, Instant now) {
        return find("select " + TERMS, slug, person, now);
    }

    /**
     * The same, and until the transaction ends nobody limits the course's places anew: whoever sets
     * a limit counts those who are in, and must not miss one who is about to be.
     */
    Optional<Terms> hold(String slug, UUID person, Instant now) {
        return find(
                "select pg_advisory_xact_lock_shared(hashtextextended('seats ' || c.id, 0)), "
                        + TERMS,
                slug,
                person,
                now);
    }

    private Optional<Terms> find(String sql, String slug, @Nullable UUID person, Instant now) {
        return jdbc.sql(sql)
                .param("slug", slug)
                .param("person", person, java.sql.Types.OTHER)
                .param("now", now)
                .query(this::terms)
                .optional();
    }

    private Terms terms(ResultSet row, int number) throws SQLException {
        return new Terms(
                row.getObject("id", UUID.class),
                row.getObject("current_release_id", UUID.class),
                Rows.instant(row, "opens_at"),
                Rows.instant(row, "closes_at"),
                row.getBoolean("is_full"),
                List.of(json.readValue(row.getString("prices"), Money[].class)),
                row.getBoolean("granted"),
                List.of(json.readValue(row.getString("first"), Before[].class)),
                List.of(json.readValue(row.getString("cohorts"), Group[].class)));
    }
}
