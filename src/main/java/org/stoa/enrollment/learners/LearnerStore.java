package org.stoa.enrollment.learners;

import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStanding;

/** Who learns a course, and how far they are in what is published now. */
@Repository
class LearnerStore {
    private final JdbcClient jdbc;

    LearnerStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A course whose learners the caller may see.
     *
     * @param release null before the first
     * @param limited it has so many places and no more
     */
    record Course(UUID id, String title, @Nullable UUID release, int lessons, boolean limited) {}

    Optional<Course> course(String slug) {
        return jdbc.sql(
                        """
                        select c.id, c.title, c.current_release_id, standing,
                               exists (select from course_seats s
                                        where s.organization_id = c.organization_id
                                          and s.course_id = c.id) as limited,
                               (select count(*)
                                  from release_lessons r
                                 where r.organization_id = c.organization_id
                                   and r.release_id = c.current_release_id) as lessons
                          from courses c, course_standing(c.id) standing
                         where c.slug = :slug and standing is not null
                        """)
                .param("slug", slug)
                .query((row, number) ->
                        CourseStanding.of(row.getString("standing")).may(CourseRight.LEARNERS)
                                ? Optional.of(
                                        new Course(
                                                row.getObject("id", UUID.class),
                                                row.getString("title"),
                                                row.getObject("current_release_id", UUID.class),
                                                row.getInt("lessons"),
                                                row.getBoolean("limited")))
                                : Optional.<Course>empty())
                .optional()
                .flatMap(it -> it);
    }

    List<Learners.Learner> list(
            UUID course, @Nullable UUID release, String q, @Nullable UUID after, int limit) {
        return jdbc.sql(
                        """
                        select u.id, u.name, u.email, e.enrolled_at, e.last_activity_at,
                               (select count(*)
                                  from lesson_progress p
                                  join release_lessons r
                                    on r.organization_id = p.organization_id
                                   and r.release_id = cast(:release as uuid)
                                   and r.lesson_id = p.lesson_id
                                 where p.organization_id = e.organization_id
                                   and p.user_id = e.user_id and p.course_id = e.course_id
                                   and p.status = 'completed') as completed
                          from enrollments e
                          join users u on u.id = e.user_id
                         where e.organization_id = (select current_organization())
                           and e.course_id = :course and e.status = 'active'
                           and (:q = '' or u.name ilike :pattern or u.email ilike :pattern)
                           and (cast(:after as uuid) is null or (lower(u.name), u.id)
                                > (select lower(name), id from users where id = cast(:after as uuid)))
                         order by lower(u.name), u.id
                         limit :limit
                        """)
                .param("course", course)
                .param("release", release, Types.OTHER)
                .param("q", q)
                .param("pattern", "%" + q.replaceAll("([%_\\\\])", "\\\\$1") + "%")
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, number) ->
                        new Learners.Learner(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("email"),
                                row.getObject("enrolled_at", OffsetDateTime.class).toInstant(),
                                row.getObject("last_activity_at", OffsetDateTime.class).toInstant(),
                                row.getInt("completed")))
                .list();
    }
}
