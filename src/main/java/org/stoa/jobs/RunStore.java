package org.stoa.jobs;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.tenancy.Fence;
import org.stoa.tenancy.ServiceDatabase;

/** What becomes of a job that was taken. Each is one statement, held to the run that asks. */
@Repository
class RunStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;
    private final TransactionTemplate transactions;

    RunStore(JdbcClient jdbc, ServiceDatabase service, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.service = service;
        this.transactions = new TransactionTemplate(transactions);
    }

    /** In the database that the job's work may reach. */
    void inTransaction(Taken job, Runnable work) {
        if (job.ofThePlatform()) {
            service.inTransaction(() -> {
                work.run();
                return true;
            });
        } else {
            transactions.executeWithoutResult(status -> work.run());
        }
    }

    /** How an attempt was in vain. */
    enum Outcome {
        FAILED("failed"),
        TIMED_OUT("timed out"),
        LOST("lost");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    /** Whether the database refused because the run is over. */
    static boolean isOver(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && Fence.OVER.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Ends these runs, with nothing else to write; one that is over already is passed by. */
    void finishAll(List<Taken> jobs, String node) {
        service.sql("select finish_jobs(:kinds, :ids, :runs, :node)")
                .param("kinds", jobs.stream().map(Taken::kind).toArray(String[]::new))
                .param("ids", jobs.stream().map(it -> it.id().toString()).toArray(String[]::new))
                .param("runs", jobs.stream().map(Taken::run).toArray(Long[]::new))
                .param("node", node)
                .query((rows, number) -> number)
                .single();
    }

    /** In the transaction under way; raises where the run is over. */
    void finish(Taken job, String node) {
        var sql = "select finish_job(:kind, :id, :run, :node)";
        named(job.ofThePlatform() ? service.sql(sql) : jdbc.sql(sql), job)
                .param("node", node)
                .query((rows, number) -> number)
                .single();
    }

    /**
     * The attempt failed.
     *
     * @param again when it is tried again; null makes it dead
     * @return false when the run was over before
     */
    boolean fail(Taken job, String node, Outcome how, String why, @Nullable Instant again) {
        return named(
                        service.sql(
                                """
                                select fail_job(:kind, :id, :run, :node, :how, :why,
                                                cast(:again as timestamptz), :lost)
                                """),
                        job)
                .param("node", node)
                .param("how", how.word)
                .param("why", why)
                .param("again", JobStore.at(again))
                .param("lost", how == Outcome.LOST)
                .query((rows, number) -> rows.getBoolean(1))
                .single();
    }

    /** The job's school is gone, and nobody is left to do it for. */
    void cancelGone(Taken job, String node) {
        service.sql("select cancel_job(:id, :organization, :who)")
                .param("id", job.id().toString())
                .param("organization", job.organization())
                .param("who", node)
                .query((rows, number) -> number)
                .single();
    }

    /** The attempt does not count, and the job is due again, in its place. */
    void putBack(Taken job) {
        named(service.sql("select put_job_back(:kind, :id, :run, null, false)"), job)
                .query((rows, number) -> number)
                .single();
    }

    /** When its turn is under the limits of its kind; empty for now, else it was put back. */
    Optional<Instant> turn(
            Taken job, JobKind.@Nullable Limit limit, JobKind.@Nullable Limit schoolLimit) {
        var school = job.ofThePlatform() ? null : schoolLimit;
        return Optional.ofNullable(
                named(
                                service.sql(
                                        """
                                        select take_turn(:kind, :id, :run, :organization,
                                                         cast(:gap as interval), :burst,
                                                         cast(:schoolGap as interval), :schoolBurst)
                                        """),
                                job)
                        .param("organization", job.organization())
                        .param("gap", limit == null ? null : limit.gap().toString())
                        .param("burst", limit == null ? 1 : limit.many())
                        .param("schoolGap", school == null ? null : school.gap().toString())
                        .param("schoolBurst", school == null ? 1 : school.many())
                        .query((rows, number) -> rows.getObject(1, OffsetDateTime.class))
                        .optional()
                        .map(OffsetDateTime::toInstant)
                        .orElse(null));
    }

    void progress(Taken job, long done, long total) {
        if (service.transacting()) {
            // The row would stay locked against its own heartbeat until that transaction ends.
            return;
        }
        named(
                        service.sql(
                                """
                                update scheduled_tasks set steps_done = :done, steps_total = :total
                                 where task_name = :kind and task_instance = :id and version = :run
                                """),
                        job)
                .param("done", done)
                .param("total", total)
                .update();
    }

    /** How often the process that ran the job was lost already. */
    int losses(Taken job) {
        return named(
                        service.sql(
                                """
                                select losses from scheduled_tasks
                                 where task_name = :kind and task_instance = :id and version = :run
                                """),
                        job)
                .query(Integer.class)
                .optional()
                .orElse(0);
    }

    /** Notes that the work of a job begins that was lost before. */
    void begun(Taken job) {
        named(
                        service.sql(
                                """
                                update scheduled_tasks set begun_run = :run
                                 where task_name = :kind and task_instance = :id and version = :run
                                """),
                        job)
                .update();
    }

    Instant databaseTime() {
        return service.sql("select clock_timestamp()")
                .query((rows, number) -> rows.getObject(1, OffsetDateTime.class))
                .single()
                .toInstant();
    }

    /**
     * Adds the recurring job of this moment, unless it is there, or one before it waits still, or
     * it is done: a slow look may come when its moment is over.
     */
    void plan(String kind, String id, byte[] data, Instant due, int lane) {
        service.sql(
                        """
                        insert into scheduled_tasks
                               (task_name, task_instance, task_data, execution_time, picked, version,
                                priority, at_organization, unique_key)
                        select :kind, :id, :data, :due, false, 1, :lane, platform_organization(), 'recurring'
                         where not exists (select from finished_jobs
                                            where organization_id = platform_organization()
                                              and id = cast(:id as uuid))
                        on conflict do nothing
                        """)
                .param("kind", kind)
                .param("id", id)
                .param("data", data)
                .param("due", JobStore.at(due))
                .param("lane", lane)
                .update();
    }

    /** One job for each school, spread over a while, so that not all begin at once. */
    void fanOut(String kind, String payload, int lane, Duration spread) {
        service.sql(
                        """
                        insert into scheduled_tasks
                               (task_name, task_instance, task_data, execution_time, picked, version,
                                priority, at_organization, unique_key)
                        select :kind, gen_random_uuid()::text,
                               convert_to(jsonb_build_object('organization', o.id,
                                                             'payload', cast(:payload as jsonb))::text,
                                          'UTF8'),
                               now() + random() * cast(:spread as interval), false, 1, :lane, o.id,
                               'recurring'
                          from organizations o
                        on conflict do nothing
                        """)
                .param("kind", kind)
                .param("payload", payload)
                .param("lane", lane)
                .param("spread", spread.toString())
                .update();
    }

    private static JdbcClient.StatementSpec named(JdbcClient.StatementSpec statement, Taken job) {
        return statement
                .param("kind", job.kind())
                .param("id", job.id().toString())
                .param("run", job.run());
    }
}
