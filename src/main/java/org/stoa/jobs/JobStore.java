package org.stoa.jobs;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.ServiceDatabase;

/** Writes job rows as db-scheduler reads them, in whichever transaction is under way. */
@Repository
class JobStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    JobStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    record Row(String kind, UUID id, byte[] data, UUID organization) {}

    /**
     * Adds the job, or finds the one that waits under its key.
     *
     * @param due null is now, by the database's clock, which decides when a job is due
     */
    UUID add(Row row, JobKind.Lane lane, @Nullable Instant due, @Nullable String key) {
        if (key != null) {
            return addOnce(row, lane, due, key);
        }
        // db-scheduler's own client looks before it inserts, and on a clash leaves PostgreSQL's
        // transaction aborted, which here is the caller's.
        sql("""
        insert into scheduled_tasks
               (task_name, task_instance, task_data, execution_time, picked, version, priority,
                at_organization)
        values (:kind, :id, :data, coalesce(cast(:due as timestamptz), now()), false, 1,
                :priority, :organization)
        """)
                .param("kind", row.kind())
                .param("id", row.id().toString())
                .param("data", row.data())
                .param("due", at(due))
                .param("priority", lane.priority())
                .param("organization", row.organization())
                .update();
        return row.id();
    }

    private UUID addOnce(Row row, JobKind.Lane lane, @Nullable Instant due, String key) {
        return sql("""
        select enqueue_once(:kind, :id, :data, cast(:due as timestamptz),
                            cast(:priority as smallint), :organization, :key)
        """)
                .param("kind", row.kind())
                .param("id", row.id().toString())
                .param("data", row.data())
                .param("due", at(due))
                .param("priority", lane.priority())
                .param("organization", row.organization())
                .param("key", key)
                .query((rows, number) -> UUID.fromString(rows.getString(1)))
                .single();
    }

    /** False when the school has no such job among its dead ones. */
    boolean replay(UUID job, UUID school, String who) {
        return sql("""
        select replay_jobs(cast(:school as uuid), cast(:one as uuid), null,
                           null, 1, :who)
        """)
                        .param("school", school)
                        .param("one", job)
                        .param("who", who)
                        .query((row, number) -> row.getInt(1))
                        .single()
                == 1;
    }

    /**
     * @param organization null for whichever it belongs to, as the service
     */
    boolean cancel(UUID job, @Nullable UUID organization, String who) {
        var statement =
                organization == null
                        ? service.sql(
                                """
                                select cancel_job(:id, at_organization, :who) from scheduled_tasks
                                 where task_instance = :id
                                """)
                        : sql("select cancel_job(:id, :organization, :who)")
                                .param("organization", organization);
        return statement
                .param("id", job.toString())
                .param("who", who)
                .query((rows, number) -> rows.getBoolean(1))
                .optional()
                .orElse(false);
    }

    private JdbcClient.StatementSpec sql(String sql) {
        return service.transacting() ? service.sql(sql) : jdbc.sql(sql);
    }

    static @Nullable OffsetDateTime at(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
