package org.stoa.catalog.publishing;

import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Releases that are to be. */
@Repository
class ScheduleStore {
    private final JdbcClient jdbc;

    ScheduleStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A release that is due. */
    record Due(String note, @Nullable UUID by) {}

    /** In place of what was set before. */
    void set(UUID course, UUID id, Instant due, String note, @Nullable UUID by, Instant now) {
        jdbc.sql(
                        """
                        insert into scheduled_releases
                               (organization_id, course_id, id, due_at, note, scheduled_by, scheduled_at)
                        values (current_organization(), :course, :id, :due, :note, :by, :now)
                        on conflict (organization_id, course_id) do update
                           set id = excluded.id, due_at = excluded.due_at, note = excluded.note,
                               scheduled_by = excluded.scheduled_by,
                               scheduled_at = excluded.scheduled_at, failure = null
                        """)
                .param("course", course)
                .param("id", id)
                .param("due", due)
                .param("note", note)
                .param("by", by, Types.OTHER)
                .param("now", now)
                .update();
    }

    void callOff(UUID course) {
        jdbc.sql("delete from scheduled_releases where course_id = :course")
                .param("course", course)
                .update();
    }

    /** The address of the course that it is of; empty where it was changed, called off or done. */
    Optional<String> slug(UUID id) {
        return jdbc.sql(
                        """
                        select c.slug
                          from scheduled_releases s
                          join courses c on c.organization_id = s.organization_id and c.id = s.course_id
                         where s.id = :id and s.failure is null
                        """)
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** Takes it, so that it happens once; empty where it was changed, called off or done. */
    Optional<Due> take(UUID id) {
        return jdbc.sql(
                        """
                        delete from scheduled_releases
                         where id = :id and failure is null
                        returning note, scheduled_by
                        """)
                .param("id", id)
                .query((row, number) -> new Due(row.getString(1), row.getObject(2, UUID.class)))
                .optional();
    }

    void failed(UUID id, String why) {
        jdbc.sql("update scheduled_releases set failure = :why where id = :id")
                .param("why", why)
                .param("id", id)
                .update();
    }
}
