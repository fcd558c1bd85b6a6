package org.stoa.enrollment.records;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.enrollment.EnrollmentStatus;
import org.stoa.enrollment.LessonStatus;
import org.stoa.tenancy.Rows;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes places and progress by what people and files call them, not by their ids. */
@Repository
class LearningRecordStore {
    private static final int ROWS_AT_ONCE = 500;

    /** The school's people by address; every join goes by what a school calls things. */
    private static final String PEOPLE =
            """
            (select u.id, lower(u.email) as email
               from organization_memberships m
               join users u on u.id = m.user_id
              where m.organization_id = (select current_organization()))
            """;

    private static final String PLACES =
            """
            with given as materialized (
                select *
                  from jsonb_to_recordset(cast(:rows as jsonb))
                       as g (index int, id uuid, "grantId" uuid, email text, course text, status text,
                             "enrolledAt" timestamptz, "lastActivityAt" timestamptz, "lastLesson" text,
                             source text, reference text, "startsAt" timestamptz, "endsAt" timestamptz)
            ), known as materialized (
                select g.*, p.id as person, c.id as course_id, l.id as lesson_id
                  from given g
                  left join\
            """
                    + PEOPLE
                    + """
                                 p on p.email = g.email
                          left join courses c
                            on c.organization_id = (select current_organization()) and c.slug = g.course
                          left join lessons l
                            on l.organization_id = c.organization_id and l.course_id = c.id
                           and l.source_key = g."lastLesson"
                    ), placed as (
                        insert into enrollments
                               (organization_id, id, user_id, course_id, status, enrolled_at, last_lesson_id,
                                last_activity_at)
                        select distinct on (person, course_id) current_organization(), id, person, course_id,
                               status, "enrolledAt", lesson_id, "lastActivityAt"
                          from known
                         where person is not null and course_id is not null
                         order by person, course_id, index
                        on conflict (organization_id, user_id, course_id) do nothing
                    ), granted as (
                        insert into access_grants
                               (organization_id, id, user_id, course_id, source, source_reference, starts_at,
                                ends_at, created_at)
                        select current_organization(), "grantId", person, course_id, source, reference,
                               "startsAt", "endsAt", :now
                          from known
                         where person is not null and course_id is not null and source is not null
                        on conflict do nothing
                    )
                    select index, case when person is null then 'PERSON' else 'COURSE' end as missing
                      from known
                     where person is null or course_id is null
                     order by index
                    """;

    private static final String PROGRESS =
            """
            with given as materialized (
                select *
                  from jsonb_to_recordset(cast(:rows as jsonb))
                       as g (index int, email text, course text, lesson text, status text,
                             "positionSeconds" int, "startedAt" timestamptz, "completedAt" timestamptz,
                             "updatedAt" timestamptz)
            ), known as materialized (
                select g.*, p.id as person, c.id as course_id, l.id as lesson_id,
                       e.id is not null as placed
                  from given g
                  left join\
            """
                    + PEOPLE
                    + """
                                 p on p.email = g.email
                          left join courses c
                            on c.organization_id = (select current_organization()) and c.slug = g.course
                          left join lessons l
                            on l.organization_id = c.organization_id and l.course_id = c.id
                           and l.source_key = g.lesson
                          left join enrollments e
                            on e.organization_id = (select current_organization())
                           and e.user_id = p.id and e.course_id = c.id
                    ), kept as (
                        insert into lesson_progress
                               (organization_id, user_id, course_id, lesson_id, status, position_seconds,
                                started_at, completed_at, updated_at)
                        select current_organization(), person, course_id, lesson_id, status,
                               "positionSeconds", "startedAt", "completedAt", "updatedAt"
                          from known
                         where placed and lesson_id is not null
                        on conflict do nothing
                    )
                    select index,
                           case when person is null then 'PERSON' when course_id is null then 'COURSE'
                                when lesson_id is null then 'LESSON' else 'PLACE' end as missing
                      from known
                     where not placed or lesson_id is null
                     order by index
                    """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    LearningRecordStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void places(Consumer<PlaceRecord> into) {
        jdbc.sql(
                        """
                        select lower(u.email) as email, c.slug, e.status, e.enrolled_at,
                               e.last_activity_at, coalesce(l.source_key, '') as last_lesson,
                               g.source, g.source_reference, g.starts_at, g.ends_at
                          from enrollments e
                          join users u on u.id = e.user_id and u.deleted_at is null
                          join courses c on c.organization_id = e.organization_id and c.id = e.course_id
                          left join lessons l
                            on l.organization_id = e.organization_id and l.course_id = e.course_id
                           and l.id = e.last_lesson_id
                          left join access_grants g
                            on g.organization_id = e.organization_id
                           and g.user_id = e.user_id and g.course_id = e.course_id
                         where e.organization_id = (select current_organization())
                         order by lower(u.email) collate "C", c.slug collate "C",
                                  g.starts_at, g.source collate "C", g.source_reference collate "C"
                        """)
                .withFetchSize(ROWS_AT_ONCE)
                .query(row -> {
                    into.accept(place(row));
                });
    }

    private static PlaceRecord place(ResultSet row) throws SQLException {
        var source = row.getString("source");
        var starts = Rows.instant(row, "starts_at");
        return new PlaceRecord(
                row.getString("email"),
                row.getString("slug"),
                EnrollmentStatus.of(row.getString("status")),
                Objects.requireNonNull(Rows.instant(row, "enrolled_at")),
                Objects.requireNonNull(Rows.instant(row, "last_activity_at")),
                row.getString("last_lesson"),
                source == null || starts == null
                        ? null
                        : new PlaceRecord.Grant(
                                source,
                                row.getString("source_reference"),
                                starts,
                                Rows.instant(row, "ends_at")));
    }

    void progress(Consumer<ProgressRecord> into) {
        jdbc.sql(
                        """
                        select lower(u.email) as email, c.slug, l.source_key, p.status,
                               p.position_seconds, p.started_at, p.completed_at, p.updated_at
                          from lesson_progress p
                          join users u on u.id = p.user_id and u.deleted_at is null
                          join courses c on c.organization_id = p.organization_id and c.id = p.course_id
                          join lessons l
                            on l.organization_id = p.organization_id and l.course_id = p.course_id
                           and l.id = p.lesson_id
                         where p.organization_id = (select current_organization())
                         order by lower(u.email) collate "C", c.slug collate "C",
                                  l.source_key collate "C"
                        """)
                .withFetchSize(ROWS_AT_ONCE)
                .query(row -> {
                    into.accept(
                            new ProgressRecord(
                                    row.getString("email"),
                                    row.getString("slug"),
                                    row.getString("source_key"),
                                    LessonStatus.of(row.getString("status")),
                                    row.getInt("position_seconds"),
                                    Objects.requireNonNull(Rows.instant(row, "started_at")),
                                    Rows.instant(row, "completed_at"),
                                    Objects.requireNonNull(Rows.instant(row, "updated_at"))));
                });
    }

    /** Times are in ISO 8601. */
    record PlaceRow(
            int index,
            String id,
            String grantId,
            String email,
            String course,
            String status,
            String enrolledAt,
            String lastActivityAt,
            String lastLesson,
            @Nullable String source,
            @Nullable String reference,
            @Nullable String startsAt,
            @Nullable String endsAt) {}

    /** Times are in ISO 8601. */
    record ProgressRow(
            int index,
            String email,
            String course,
            String lesson,
            String status,
            int positionSeconds,
            String startedAt,
            @Nullable String completedAt,
            String updatedAt) {}

    List<LearningRecords.Refused> addPlaces(List<PlaceRow> rows, Instant now) {
        return jdbc.sql(PLACES)
                .param("rows", json.writeValueAsString(rows))
                .param("now", now)
                .query(LearningRecordStore::refused)
                .list();
    }

    List<LearningRecords.Refused> addProgress(List<ProgressRow> rows) {
        return jdbc.sql(PROGRESS)
                .param("rows", json.writeValueAsString(rows))
                .query(LearningRecordStore::refused)
                .list();
    }

    private static LearningRecords.Refused refused(ResultSet row, int number) throws SQLException {
        return new LearningRecords.Refused(
                row.getInt("index"), LearningRecords.Missing.valueOf(row.getString("missing")));
    }

    void countLearners(Instant now) {
        jdbc.sql(
                        """
                        insert into course_statistics as s (organization_id, course_id, learners, counted_at)
                        select organization_id, course_id, count(*) filter (where status = 'active'), :now
                          from enrollments
                         where organization_id = (select current_organization())
                         group by organization_id, course_id
                        on conflict (organization_id, course_id) do update
                           set learners = excluded.learners, counted_at = excluded.counted_at
                         where s.counted_at <= excluded.counted_at
                        """)
                .param("now", now)
                .update();
    }

    void countSeats() {
        jdbc.sql(
                        """
                        update course_seats s
                           set taken = least(s.capacity, s.held + (
                                   select count(*)
                                     from enrollments e
                                    where e.organization_id = s.organization_id
                                      and e.course_id = s.course_id and e.status = 'active'))
                         where s.organization_id = (select current_organization())
                        """)
                .update();
    }
}
