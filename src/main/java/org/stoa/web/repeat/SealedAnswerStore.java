package org.stoa.web.repeat;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.ServiceDatabase;

/**
 * Answers to calls of nobody in particular. The service database, because no caller is known: only
 * the whole call, hashed, names a row.
 */
@Repository
class SealedAnswerStore {
    private static final Duration KEPT = Duration.ofDays(1);

    private final ServiceDatabase service;

    SealedAnswerStore(ServiceDatabase service) {
        this.service = service;
    }

    /**
     * @param status null while the first call is still at work
     */
    @SuppressWarnings("ArrayRecordComponent") // No two answers are compared.
    record Closed(@Nullable Integer status, byte @Nullable [] answer) {}

    /** As {@link IdempotencyStore#claim}; what is older than a day is free again. */
    boolean claim(byte[] name, Instant now, Instant abandonedBefore) {
        return service.sql(
                                """
                                insert into sealed_answers as a (name, created_at)
                                values (:name, :now)
                                on conflict (name) do update
                                   set status = null, answer = null, created_at = excluded.created_at
                                 where (a.status is null and a.created_at < :abandoned)
                                    or a.created_at < :old
                                """)
                        .param("name", name)
                        .param("now", at(now))
                        .param("abandoned", at(abandonedBefore))
                        .param("old", at(now.minus(KEPT)))
                        .update()
                == 1;
    }

    Optional<Closed> find(byte[] name) {
        return service.sql("select status, answer from sealed_answers where name = :name")
                .param("name", name)
                .query((row, number) ->
                        new Closed(row.getObject("status", Integer.class), row.getBytes("answer")))
                .optional();
    }

    /** Keeps the answer, and none that is older than a day. */
    void keep(byte[] name, int status, byte[] answer, Instant now) {
        service.sql(
                        """
                        with old as (
                            delete from sealed_answers where created_at < :old and name <> :name
                        )
                        update sealed_answers set status = :status, answer = :answer where name = :name
                        """)
                .param("name", name)
                .param("status", status)
                .param("answer", answer)
                .param("old", at(now.minus(KEPT)))
                .update();
    }

    // The service database has no types of its own, as the bound one has.
    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    void release(byte[] name) {
        service.sql("delete from sealed_answers where name = :name").param("name", name).update();
    }
}
