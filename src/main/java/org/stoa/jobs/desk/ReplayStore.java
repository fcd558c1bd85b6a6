package org.stoa.jobs.desk;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.ServiceDatabase;

/** Has dead jobs wait again, counts what is there, and forgets what is long over. */
@Repository
class ReplayStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    ReplayStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    /**
     * @param one null for any
     * @param kind null for any
     * @return how many wait again
     */
    int replay(
            Sight sight,
            @Nullable UUID one,
            @Nullable String kind,
            @Nullable Instant diedBefore,
            int most,
            String who) {
        var sql =
                """
                select replay_jobs(cast(:school as uuid), cast(:one as uuid), :kind,
                                   cast(:before as timestamptz), :most, :who)
                """;
        return (sight.school() == null ? service.sql(sql) : jdbc.sql(sql))
                .param("school", sight.school())
                .param("one", one)
                .param("kind", kind, java.sql.Types.VARCHAR)
                .param("before", diedBefore == null ? null : diedBefore.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .param("who", who)
                .query((row, number) -> row.getInt(1))
                .single();
    }

    int dead(Sight sight, @Nullable String kind, Instant diedBefore) {
        var sql =
                """
                select count(*) from finished_jobs
                 where state = 'dead' and (cast(:school as uuid) is null or organization_id = :school)
                   and (cast(:kind as text) is null or kind = :kind) and finished_at <= :before
                """;
        return (sight.school() == null ? service.sql(sql) : jdbc.sql(sql))
                .param("school", sight.school())
                .param("kind", kind, java.sql.Types.VARCHAR)
                .param("before", diedBefore.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getInt(1))
                .single();
    }

    /** Writes down how many wait in each lane, for the plots. */
    void sample() {
        service.sql(
                        """
                        insert into lane_samples
                        select at_organization, priority, date_trunc('second', now()), count(*),
                               extract(epoch from now() - min(execution_time))::int
                          from scheduled_tasks
                         where not picked and execution_time <= now()
                           and task_name <> 'watch-lanes'
                         group by 1, 2
                        on conflict do nothing
                        """)
                .update();
    }

    /**
     * Ended jobs and their attempts go after some days, dead ones after ninety; samples after two.
     */
    void forget(int days) {
        service.sql(
                        """
                        delete from finished_jobs
                         where finished_at < now() - make_interval(days => :days)
                           and (state <> 'dead' or finished_at < now() - interval '90 days')
                        """)
                .param("days", days)
                .update();
        service.sql(
                        """
                        delete from job_attempts a
                         where ended_at < now() - make_interval(days => :days)
                           and not exists (select from all_jobs j
                                            where j.organization_id = a.organization_id
                                              and j.id = a.job_id)
                        """)
                .param("days", days)
                .update();
        service.sql("delete from lane_samples where taken_at < now() - interval '2 days'").update();
    }
}
