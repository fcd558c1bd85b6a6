package org.stoa.jobs.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.jobs.Job;
import org.stoa.jobs.JobKind.Lane;
import org.stoa.tenancy.ServiceDatabase;

/** Reads jobs: a school's through row-level security, all of them as the service. */
@Repository
class DeskStore {
    private static final String OURS = "/* ours */";
    private static final String COLUMNS =
            """
            j.id, o.subdomain, j.organization_id, j.kind, j.lane, j.state, j.unique_key, j.attempts,
            coalesce(j.reason, case when j.attempts > 0 and j.state = 'waiting' then
                (select a.error from job_attempts a
                  where a.organization_id = j.organization_id and a.job_id = j.id
                  order by a.ended_at desc limit 1) end, '') as reason,
            j.enqueued_at, j.due_at, j.started_at, j.finished_at, coalesce(j.worker, '') as worker,
            j.steps_done, j.steps_total
            """;

    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    DeskStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    /**
     * What is looked for; null and empty for anything.
     *
     * @param state or {@code open} for waiting and running
     * @param before the id of the last one seen
     */
    record Sought(String state, String kind, String text, @Nullable UUID before, int most) {}

    /** How many of a series fell into one step of time. */
    record Point(String series, Lane lane, Instant at, int value) {}

    /** The figures of this moment, each a series of one point. */
    private static final String NOW =
            """
            with figures as (
                select l.lane,
                       (select count(*) from (select from scheduled_tasks j
                         where not picked and priority = l.lane and execution_time <= now()
                               /* ours */ limit 100000) w) as waiting,
                       (select count(*) from (select from scheduled_tasks j
                         where not picked and priority = l.lane and execution_time > now()
                               /* ours */ limit 100000) w) as later,
                       (select count(*) from scheduled_tasks j
                         where picked and priority = l.lane /* ours */) as running,
                       (select coalesce(extract(epoch from now() - min(execution_time)), 0)
                          from scheduled_tasks j
                         where not picked and priority = l.lane and execution_time <= now()
                               /* ours */) as oldest,
                       (select count(*) from finished_jobs j
                         where state = 'done' and lane = l.lane
                           and finished_at > now() - interval '1 minute' /* ended */) as done,
                       (select count(*) from finished_jobs j
                         where state = 'dead' and lane = l.lane /* ended */) as dead
                  from (values (30), (20), (10)) l (lane))
            select f.series || ' now' as series, lane, now() as at, f.value::int as value
              from figures, lateral (values ('waiting', waiting), ('later', later),
                   ('running', running), ('oldest', oldest), ('done', done), ('dead', dead)) f (series, value)
            """;

    /** What the lanes are at this moment. */
    List<Point> now(Sight sight) {
        return sql(sight, NOW).query(DeskStore::point).list();
    }

    private static final String HISTORY =
            """
            union all
            select 'done', lane, date_bin(:step, finished_at, 'epoch'), count(*)
              from finished_jobs j
             where state = 'done' and finished_at > now() - :span /* ended */
             group by 2, 3
            union all
            select 'failed', lane, date_bin(:step, ended_at, 'epoch'), count(*)
              from job_attempts j
             where outcome <> 'replayed' and ended_at > now() - :span /* ended */
             group by 2, 3
            union all
            select 'waiting', lane, at, max(waiting)
              from (select lane, date_bin(:step, taken_at, 'epoch') as at,
                           sum(waiting) as waiting
                      from lane_samples j
                     where taken_at > now() - :span /* ended */
                     group by 1, 2, taken_at) m
             group by 2, 3
            union all
            select 'oldest', lane, date_bin(:step, taken_at, 'epoch'), max(oldest_seconds)
              from lane_samples j
             where taken_at > now() - :span /* ended */
             group by 2, 3
            """;

    /** The same, and how it was over a time. */
    List<Point> overview(Sight sight, Duration span, Duration step) {
        return sql(
                        sight,
                        (NOW + HISTORY)
                                .replace(":span", "cast(:span as interval)")
                                .replace(":step", "cast(:step as interval)")
                                .replace("'epoch'", "timestamptz 'epoch'"))
                .param("span", span.toString())
                .param("step", step.toString())
                .query(DeskStore::point)
                .list();
    }

    private static Point point(ResultSet row, int number) throws SQLException {
        return new Point(
                row.getString("series"),
                Lane.of(row.getInt("lane")),
                time(row, "at").orElseThrow(),
                row.getInt("value"));
    }

    /** The newest first. */
    List<JobSummary> list(Sight sight, Sought sought, Set<String> known) {
        var text = sought.text().strip();
        return sql(
                        sight,
                        "select "
                                + COLUMNS
                                + """
                                  from all_jobs j left join organizations o on o.id = j.organization_id
                                 where (:state = '' or j.state = :state
                                        or :state = 'open' and j.state in ('waiting', 'running'))
                                   and (:kind = '' or j.kind = :kind)
                                   and (cast(:before as uuid) is null or j.id < :before)
                                   and (:text = '' or j.id::text = lower(:text) or j.unique_key = :text
                                        or o.subdomain = lower(:text)
                                        or j.kind like :like or j.reason ilike :like) /* ended */
                                 order by j.id desc limit :most
                                """)
                .param("state", sought.state())
                .param("kind", sought.kind())
                .param("before", sought.before())
                .param("text", text)
                .param("like", "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                .param("most", sought.most())
                .query((row, number) -> summary(row, known))
                .list();
    }

    /** With the bytes of what it carries; null where nothing is kept. */
    record Found(JobSummary job, byte @Nullable [] data) {}

    Optional<Found> find(Sight sight, UUID id, Set<String> known) {
        return sql(
                        sight,
                        "select "
                                + COLUMNS
                                + """
                                , coalesce((select t.task_data from scheduled_tasks t
                                             where t.at_organization = j.organization_id
                                               and t.task_instance = j.id::text),
                                           (select f.data from finished_jobs f
                                             where f.organization_id = j.organization_id
                                               and f.id = j.id)) as data
                                  from all_jobs j left join organizations o on o.id = j.organization_id
                                 where j.id = :id /* ended */
                                """)
                .param("id", id)
                .query((row, number) -> new Found(summary(row, known), row.getBytes("data")))
                .optional();
    }

    List<JobLife.Event> events(Sight sight, UUID id) {
        return sql(
                        sight,
                        """
                        select number, outcome, started_at, ended_at, made_by, error
                          from job_attempts j where job_id = :id /* ended */
                         order by ended_at
                        """)
                .param("id", id)
                .query((row, number) ->
                        new JobLife.Event(
                                row.getInt("number"),
                                row.getString("outcome"),
                                time(row, "started_at").orElseThrow(),
                                time(row, "ended_at").orElseThrow(),
                                row.getString("made_by"),
                                row.getString("error")))
                .list();
    }

    private JdbcClient.StatementSpec sql(Sight sight, String sql) {
        var school = sight.school();
        if (school == null) {
            return service.sql(sql);
        }
        var ours =
                sql.replace(OURS, "and j.at_organization = :school")
                        .replace("/* ended */", "and j.organization_id = :school");
        return jdbc.sql(ours).param("school", school);
    }

    private static JobSummary summary(ResultSet row, Set<String> known) throws SQLException {
        boolean platform = Job.PLATFORM.equals(row.getObject("organization_id", UUID.class));
        var kind = row.getString("kind");
        var key = row.getString("unique_key");
        return new JobSummary(
                row.getObject("id", UUID.class),
                platform ? null : row.getString("subdomain"),
                kind,
                Lane.of(row.getInt("lane")),
                row.getString("state"),
                key == null ? "" : key,
                row.getInt("attempts"),
                row.getString("reason"),
                time(row, "enqueued_at").orElseThrow(),
                time(row, "due_at").orElseThrow(),
                time(row, "started_at").orElse(null),
                time(row, "finished_at").orElse(null),
                row.getString("worker"),
                row.getObject("steps_done", Long.class),
                row.getObject("steps_total", Long.class),
                known.contains(kind));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(OffsetDateTime::toInstant);
    }
}
