package org.stoa.catalog.rules;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.tenancy.Rows;
import tools.jackson.databind.json.JsonMapper;

/** On what terms courses take learners in. */
@Repository
class TermsStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    TermsStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Terms> find(String slug) {
        return jdbc.sql(
                        """
                        select c.id, c.slug, c.title, t.opens_at, t.closes_at, s.capacity,
                               coalesce(t.version, 1) as version, course_standing(c.id) as standing,
                               (select count(*) from enrollments e
                                 where e.organization_id = c.organization_id
                                   and e.course_id = c.id and e.status = 'active')
                               + coalesce(s.held, 0) as learners,
                               (select coalesce(json_agg(json_build_object(
                                           'id', f.id, 'slug', f.slug, 'title', f.title,
                                           'published', f.current_release_id is not null)
                                           order by f.title, f.id), '[]')
                                  from course_prerequisites p
                                  join courses f
                                    on f.organization_id = p.organization_id and f.id = p.after_course_id
                                 where p.organization_id = c.organization_id and p.course_id = c.id) as first,
                               (select coalesce(json_agg(json_build_object(
                                           'id', o.id, 'slug', o.slug, 'title', o.title,
                                           'published', o.current_release_id is not null)
                                           order by o.title, o.id), '[]')
                                  from courses o
                                 where o.organization_id = c.organization_id and o.id <> c.id) as others
                          from courses c
                          left join course_terms t on t.organization_id = c.organization_id and t.course_id = c.id
                          left join course_seats s on s.organization_id = c.organization_id and s.course_id = c.id
                         where c.slug = :slug
                        """)
                .param("slug", slug)
                .query(this::terms)
                .optional();
    }

    /** The address of the course that goes by this id, or has it as its address. */
    Optional<String> byKey(String id) {
        return jdbc.sql(
                        """
                        select slug from courses
                         where source_key = :id or slug = :id
                         order by source_key = :id desc nulls last, id
                         limit 1
                        """)
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /**
     * Until the transaction ends nobody else sets terms in the school, and nobody joins this
     * course: those who are in are counted, and no two courses come to wait for each other.
     */
    void alone(UUID course) {
        jdbc.sql(
                        """
                        select pg_advisory_xact_lock(
                                   hashtextextended('course terms ' || current_organization(), 0)),
                               pg_advisory_xact_lock(hashtextextended('seats ' || :course, 0))
                        """)
                .param("course", course.toString())
                .query((row, number) -> number)
                .list();
    }

    /** What each course of the school comes after. */
    Map<UUID, Set<UUID>> waits() {
        var waits = new HashMap<UUID, Set<UUID>>();
        jdbc.sql("select course_id, after_course_id from course_prerequisites")
                .query(row -> {
                    waits.computeIfAbsent(row.getObject(1, UUID.class), id -> new HashSet<>())
                            .add(row.getObject(2, UUID.class));
                });
        return waits;
    }

    void write(Terms terms, Terms.Wanted wanted, List<UUID> first) {
        jdbc.sql(
                        """
                        insert into course_terms as t (organization_id, course_id, opens_at, closes_at, version)
                        values (current_organization(), :course, cast(:opens as timestamptz),
                                cast(:closes as timestamptz), :version)
                        on conflict (organization_id, course_id) do update
                           set opens_at = excluded.opens_at, closes_at = excluded.closes_at,
                               version = excluded.version
                        """)
                .param("course", terms.course())
                .param("opens", text(wanted.opensAt()))
                .param("closes", text(wanted.closesAt()))
                .param("version", terms.version() + 1)
                .update();
        jdbc.sql("delete from course_prerequisites where course_id = :course")
                .param("course", terms.course())
                .update();
        jdbc.sql(
                        """
                        insert into course_prerequisites (organization_id, course_id, after_course_id)
                        select current_organization(), :course, before
                          from unnest(cast(:first as uuid[])) before
                        """)
                .param("course", terms.course())
                .param("first", first.toArray(UUID[]::new))
                .update();
    }

    void limit(UUID course, int capacity, int learners) {
        jdbc.sql(
                        """
                        insert into course_seats (organization_id, course_id, capacity, taken)
                        values (current_organization(), :course, :capacity, :learners)
                        on conflict (organization_id, course_id) do update
                           set capacity = excluded.capacity, taken = excluded.taken
                        """)
                .param("course", course)
                .param("capacity", capacity)
                .param("learners", learners)
                .update();
    }

    void unlimit(UUID course) {
        jdbc.sql("delete from course_seats where course_id = :course")
                .param("course", course)
                .update();
    }

    private Terms terms(ResultSet row, int number) throws SQLException {
        var standing = row.getString("standing");
        return new Terms(
                row.getObject("id", UUID.class),
                row.getString("slug"),
                row.getString("title"),
                Rows.instant(row, "opens_at"),
                Rows.instant(row, "closes_at"),
                (Integer) row.getObject("capacity"),
                row.getInt("learners"),
                List.of(json.readValue(row.getString("first"), Terms.Before[].class)),
                row.getInt("version"),
                List.of(json.readValue(row.getString("others"), Terms.Before[].class)),
                standing == null ? null : CourseStanding.of(standing));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
