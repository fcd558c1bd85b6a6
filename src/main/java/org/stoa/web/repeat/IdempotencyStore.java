package org.stoa.web.repeat;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The answers that were given under an Idempotency-Key, each the caller's own. */
@Repository
class IdempotencyStore {
    private final JdbcClient jdbc;

    IdempotencyStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An answer that was given, or is being given.
     *
     * @param status null while the first call is still at work
     */
    @SuppressWarnings("ArrayRecordComponent") // No two answers are compared.
    record Answer(
            byte[] requestHash,
            @Nullable Integer status,
            @Nullable String contentType,
            byte @Nullable [] body) {}

    /**
     * Claims the key for this call; false when it is taken. A claim that never got its answer (the
     * server died) is free again after the given time.
     */
    boolean claim(String key, byte[] requestHash, Instant now, Instant abandonedBefore) {
        return jdbc.sql(
                                """
                                insert into idempotency_keys as k
                                       (organization_id, user_id, key, request_hash, created_at)
                                values (current_organization(), current_person(), :key, :hash, :now)
                                on conflict (organization_id, user_id, key) do update
                                   set request_hash = excluded.request_hash, created_at = excluded.created_at
                                 where k.status is null and k.created_at < :abandoned
                                """)
                        .param("key", key)
                        .param("hash", requestHash)
                        .param("now", now)
                        .param("abandoned", abandonedBefore)
                        .update()
                == 1;
    }

    Optional<Answer> find(String key) {
        return jdbc.sql(
                        """
                        select request_hash, status, content_type, body
                          from idempotency_keys
                         where key = :key and user_id = current_person()
                        """)
                .param("key", key)
                .query((row, number) ->
                        new Answer(
                                row.getBytes("request_hash"),
                                row.getObject("status", Integer.class),
                                row.getString("content_type"),
                                row.getBytes("body")))
                .optional();
    }

    void keep(String key, int status, @Nullable String contentType, byte[] body) {
        jdbc.sql(
                        """
                        update idempotency_keys
                           set status = :status, content_type = :type, body = :body
                         where key = :key and user_id = current_person()
                        """)
                .param("status", status)
                .param("type", contentType, java.sql.Types.VARCHAR)
                .param("body", body)
                .param("key", key)
                .update();
    }

    /** Gives the key back, so that a call that failed can be made again under it. */
    void release(String key) {
        jdbc.sql("delete from idempotency_keys where key = :key and user_id = current_person()")
                .param("key", key)
                .update();
    }
}
