package org.stoa.enrollment;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
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

/** How far learners are: the rows behind every number that is shown. */
@Repository
class ProgressStore {
    /**
     * One row for each course: what every page about a learner's course needs. The policies name
     * the school, and it is an index's condition there; to name it once more would cost.
     */
    private static final String STANDING =
            """
            select c.id as course_id, c.current_release_id, e.id as enrollment_id,
                   e.last_lesson_id, e.last_activity_at,
                   exists (select from access_grants g
                            where g.organization_id = e.organization_id
                              and g.user_id = e.user_id and g.course_id = e.course_id
                              and g.starts_at <= :now and (g.ends_at is null or g.ends_at > :now)) as open,
                   p.lessons, p.done, p.positions
            """;

    private static final String PROGRESS =
            """
              left join lateral (
                    select array_agg(lesson_id) as lessons,
                           array_agg(status = 'completed') as done,
                           array_agg(position_seconds) as positions
                      from lesson_progress
                     where organization_id = e.organization_id
                       and user_id = e.user_id and course_id = e.course_id) p on true
            """;

    private final JdbcClient jdbc;

    ProgressStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<CourseStanding> standing(String slug, @Nullable UUID person, Instant now) {
        return jdbc.sql(
                        STANDING
                                + """
                                  from courses c
                                  left join enrollments e
                                         on e.organization_id = c.organization_id
                                        and e.course_id = c.id
                                        and e.user_id = :person
                                        and e.status = 'active'
                                """
                                + PROGRESS
                                + """
                                 where c.slug = :slug
                                """)
                .param("slug", slug)
                .param("person", person, java.sql.Types.OTHER)
                .param("now", now)
                .query(ProgressStore::standing)
                .optional();
    }

    /** Every course the person has a place in, the latest active first. */
    List<CourseStanding> standings(UUID person, Instant now) {
        return jdbc.sql(
                        STANDING
                                + """
                                  from enrollments e
                                  join courses c
                                    on c.organization_id = e.organization_id and c.id = e.course_id
                                """
                                + PROGRESS
                                + """
                                 where e.user_id = :person
                                   and e.status = 'active'
                                   and c.current_release_id is not null
                                 order by e.last_activity_at desc, e.id
                                """)
                .param("person", person)
                .param("now", now)
                .query(ProgressStore::standing)
                .list();
    }

    /**
     * Locks all of a person's places, always in the same order, so that batches of two devices wait
     * one for the other and not each for the other.
     */
    void lock(UUID person) {
        jdbc.sql(
                        """
                        select course_id
                          from enrollments
                         where organization_id = (select current_organization())
                           and user_id = :person
                           and status = 'active'
                         order by course_id
                           for update
                        """)
                .param("person", person)
                .query(UUID.class)
                .list();
    }

    /** The place that a mark belongs to, locked until the transaction ends. */
    record Touched(UUID course, UUID release, String slug, long revision) {}

    /**
     * Notes that the person is in this lesson, and locks their place, so that marks of two devices
     * follow one another. Empty when the lesson is not in a course that is open to them.
     */
    Optional<Touched> touch(UUID person, UUID lesson, Instant now) {
        return jdbc.sql(
                        """
                        update enrollments e
                           set last_lesson_id = :lesson,
                               last_activity_at = greatest(e.last_activity_at, :now),
                               revision = e.revision + 1
                          from courses c
                         where e.user_id = :person
                           and e.status = 'active'
                           and c.organization_id = e.organization_id and c.id = e.course_id
                           and e.course_id = (select r.course_id
                                                from release_lessons l
                                                join course_releases r
                                                  on r.organization_id = l.organization_id and r.id = l.release_id
                                               where l.lesson_id = :lesson
                                               limit 1)
                           and exists (select from access_grants g
                                        where g.organization_id = e.organization_id
                                          and g.user_id = e.user_id and g.course_id = e.course_id
                                          and g.starts_at <= :now and (g.ends_at is null or g.ends_at > :now))
                        returning e.course_id, c.current_release_id, c.slug, e.revision
                        """)
                .param("person", person)
                .param("lesson", lesson)
                .param("now", now)
                .query((row, number) ->
                        new Touched(
                                row.getObject("course_id", UUID.class),
                                row.getObject("current_release_id", UUID.class),
                                row.getString("slug"),
                                row.getLong("revision")))
                .optional();
    }

    /** What is kept of a lesson, and every lesson of the course that was done before this mark. */
    record Kept(LessonStatus status, int positionSeconds, Set<UUID> doneBefore) {}

    Kept keep(UUID person, UUID course, LessonMark mark) {
        return jdbc.sql(
                        """
                        with kept as (
                            insert into lesson_progress as p
                                   (organization_id, user_id, course_id, lesson_id, status, position_seconds,
                                    started_at, completed_at, updated_at)
                            values (current_organization(), :person, :course, :lesson, :status, :position,
                                    :at, case when :status = 'completed' then cast(:at as timestamptz) end, :at)
                            on conflict (organization_id, user_id, course_id, lesson_id) do update
                               set status = case when p.status = 'completed' then p.status else excluded.status end,
                                   completed_at = coalesce(p.completed_at, excluded.completed_at),
                                   position_seconds = case when excluded.updated_at >= p.updated_at
                                                           then excluded.position_seconds
                                                           else p.position_seconds end,
                                   updated_at = greatest(p.updated_at, excluded.updated_at)
                            returning status, position_seconds
                        )
                        select kept.status, kept.position_seconds,
                               array(select lesson_id from lesson_progress
                                      where organization_id = (select current_organization())
                                        and user_id = :person and course_id = :course
                                        and status = 'completed') as done
                          from kept
                        """)
                .param("person", person)
                .param("course", course)
                .param("lesson", mark.lesson())
                .param("status", mark.status().word())
                .param("position", mark.positionSeconds())
                .param("at", mark.at())
                .query((row, number) ->
                        new Kept(
                                LessonStatus.of(row.getString("status")),
                                row.getInt("position_seconds"),
                                Set.of(uuids(row.getArray("done")))))
                .single();
    }

    /** Whether any release of this school holds the lesson. */
    boolean known(UUID lesson) {
        return jdbc.sql("select exists (select from release_lessons where lesson_id = :lesson)")
                .param("lesson", lesson)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    private static CourseStanding standing(ResultSet row, int number) throws SQLException {
        var completed = new HashSet<UUID>();
        Map<UUID, Integer> positions = new HashMap<>();
        var lessons = row.getArray("lessons");
        if (lessons != null) {
            var ids = uuids(lessons);
            var done = (Boolean[]) row.getArray("done").getArray();
            var seconds = (Integer[]) row.getArray("positions").getArray();
            for (int i = 0; i < ids.length; i++) {
                positions.put(ids[i], seconds[i]);
                if (done[i]) {
                    completed.add(ids[i]);
                }
            }
        }
        var lastActivity = row.getObject("last_activity_at", OffsetDateTime.class);
        return new CourseStanding(
                row.getObject("course_id", UUID.class),
                row.getObject("current_release_id", UUID.class),
                row.getObject("enrollment_id", UUID.class) != null,
                row.getBoolean("open"),
                row.getObject("last_lesson_id", UUID.class),
                lastActivity == null ? null : lastActivity.toInstant(),
                completed,
                positions);
    }

    private static UUID[] uuids(Array array) throws SQLException {
        return (UUID[]) array.getArray();
    }
}
