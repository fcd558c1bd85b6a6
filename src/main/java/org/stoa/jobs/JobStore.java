package org.stoa.jobs;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes job rows as db-scheduler reads them. */
@Repository
class JobStore {
    private final JdbcClient jdbc;

    JobStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    // db-scheduler's own client looks before it inserts, and on a clash leaves PostgreSQL's
    // transaction aborted, which here is the caller's.
    void add(String kind, String id, byte[] data, Instant due, JobKind.Lane lane) {
        jdbc.sql(
                        """
                        insert into scheduled_tasks
                               (task_name, task_instance, task_data, execution_time, picked, version, priority)
                        values (:kind, :id, :data, :due, false, 1, :priority)
                        on conflict do nothing
                        """)
                .param("kind", kind)
                .param("id", id)
                .param("data", data)
                .param("due", due)
                .param("priority", lane.priority())
                .update();
    }
}
