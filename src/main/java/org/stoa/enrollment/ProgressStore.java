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
import org.stoa.catalog.rules.Timetable;
import org.stoa.shared.Money;
import org.stoa.tenancy.Rows;
import tools.jackson.databind.json.JsonMapper;

/** How far learners are: the rows behind every number that is shown. */
@Repository
class ProgressStore {
    /**
     * One row for each course: what every page about a learner's course needs. The policies name
     * the school, and it is an index's condition there; to name it once more would cost.
     */
    private static final String STANDING =
            """
            select c.id as course_id, c.current_release_id, e.status = 'active' as placed,
                   e.last_lesson_id, e.last_activity_at, e.enrolled_at,
                   case when e.cohort_id is not null then (
                        select jsonb_build_object('startsAt', k.starts_at, 'lessons', k.calendar)
                          from cohorts k
                         where k.organization_id = e.organization_id and k.id = e.cohort_id) end as timetable,
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

    private static final String PLACE =
            """
            select e.course_id, c.current_release_id, c.slug, e.enrolled_at,
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
             where e.user_id = :person
               and e.status = 'active'
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
               for update of e
            """;

    private static final String KEEP =
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
            ), touched as (
                update enrollments
                   set last_lesson_id = :lesson,
                       last_activity_at = greatest(last_activity_at, :now),
                       revision = revision + 1
                 where organization_id = (select current_organization())
                   and user_id = :person and course_id = :course
                returning revision
            )
            select kept.status, kept.position_seconds, touched.revision,
                   array(select lesson_id from lesson_progress
                          where organization_id = (select current_organization())
                            and user_id = :person and course_id = :course
                            and status = 'completed') as done
              from kept, touched
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ProgressStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
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
                .query(this::standing)
                .optional();
    }

    /** Every course the person has a place in or lost it when access ended, the latest first. */
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
                                   and e.status in ('active', 'lapsed')
                                   and c.current_release_id is not null
                                 order by e.last_activity_at desc, e.id
                                """)
                .param("person", person)
                .param("now", now)
                .query(this::standing)
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

    /**
     * The place that a mark belongs to, locked until the transaction ends.
     *
     * @param done the lessons that are done
     */
    record Place(
            UUID course,
            @Nullable UUID release,
            String slug,
            Instant since,
            Timetable timetable,
            Set<UUID> done) {}

    /**
     * Locks the person's place in the course that a lesson is of, so that marks of two devices
     * follow one another. Empty when the lesson is not in a course that is open to them.
     */
    Optional<Place> place(UUID person, UUID lesson, Instant now) {
        return jdbc.sql(PLACE)
                .param("person", person)
                .param("lesson", lesson)
                .param("now", now)
                .query((row, number) ->
                        new Place(
                                row.getObject("course_id", UUID.class),
                                row.getObject("current_release_id", UUID.class),
                                row.getString("slug"),
                                row.getObject("enrolled_at", OffsetDateTime.class).toInstant(),
                                timetable(row),
                                Set.of(uuids(row.getArray("done")))))
                .optional();
    }

    /**
     * What is kept of a lesson.
     *
     * @param doneBefore every lesson of the course that was done before this mark
     * @param revision of the person's progress in the course
     */
    record Kept(LessonStatus status, int positionSeconds, Set<UUID> doneBefore, long revision) {}

    /** Keeps a mark, and that the person is in this lesson. */
    Kept keep(UUID person, UUID course, LessonMark mark, Instant now) {
        return jdbc.sql(KEEP)
                .param("person", person)
                .param("course", course)
                .param("lesson", mark.lesson())
                .param("status", mark.status().word())
                .param("position", mark.positionSeconds())
                .param("at", mark.at())
                .param("now", now)
                .query((row, number) ->
                        new Kept(
                                LessonStatus.of(row.getString("status")),
                                row.getInt("position_seconds"),
                                Set.of(uuids(row.getArray("done"))),
                                row.getLong("revision")))
                .single();
    }

    /** Whether any release of this school holds the lesson. */
    /** What the course of a lesson costs, by the course's address. */
    record Sold(String course, Money price) {}

    /** Empty where it is free, or there is no such lesson. */
    Optional<Sold> sold(UUID lesson) {
        return jdbc.sql(
                        """
                        select c.slug, p.amount, p.currency
                          from release_lessons l
                          join course_releases r
                            on r.organization_id = l.organization_id and r.id = l.release_id
                          join courses c on c.organization_id = r.organization_id and c.id = r.course_id
                          join course_prices p
                            on p.organization_id = c.organization_id and p.course_id = c.id
                         where l.lesson_id = :lesson and c.current_release_id is not null
                         limit 1
                        """)
                .param("lesson", lesson)
                .query((row, number) ->
                        new Sold(
                                row.getString("slug"),
                                new Money(row.getLong("amount"), row.getString("currency"))))
                .optional();
    }

    boolean known(UUID lesson) {
        return jdbc.sql("select exists (select from release_lessons where lesson_id = :lesson)")
                .param("lesson", lesson)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    private CourseStanding standing(ResultSet row, int number) throws SQLException {
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
        return new CourseStanding(
                row.getObject("course_id", UUID.class),
                row.getObject("current_release_id", UUID.class),
                row.getBoolean("placed"),
                row.getBoolean("open"),
                row.getObject("last_lesson_id", UUID.class),
                Rows.instant(row, "last_activity_at"),
                completed,
                positions,
                Rows.instant(row, "enrolled_at"),
                timetable(row));
    }

    private Timetable timetable(ResultSet row) throws SQLException {
        var text = row.getString("timetable");
        return text == null ? Timetable.NONE : json.readValue(text, Timetable.class);
    }

    private static UUID[] uuids(Array array) throws SQLException {
        return (UUID[]) array.getArray();
    }
}
