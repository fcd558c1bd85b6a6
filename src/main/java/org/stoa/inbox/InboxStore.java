package org.stoa.inbox;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.ServiceDatabase;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps events and what became of them, as the service role: they come in before anybody is known,
 * and most are the platform's.
 */
@Repository
class InboxStore {
    private final ServiceDatabase service;
    private final JsonMapper json;

    InboxStore(ServiceDatabase service, JsonMapper json) {
        this.service = service;
        this.json = json;
    }

    <T extends @Nullable Object> T together(Supplier<T> work) {
        return service.inTransaction(work);
    }

    /** A delivery to be kept. */
    @SuppressWarnings("ArrayRecordComponent") // No two are compared.
    record Fresh(
            UUID id,
            String source,
            @Nullable UUID organization,
            Announced announced,
            byte[] body,
            Instant now,
            Instant due) {}

    /** Where an event stands after a delivery of it. */
    record Kept(UUID id, EventStatus status, boolean first) {}

    /**
     * Keeps an event that is not there yet. The first try is counted here already, so that an event
     * which ends the process in it is not tried for ever.
     */
    Kept keep(Fresh fresh) {
        // A row that is there is only read: a try that is under way has it locked.
        return add(fresh) ? new Kept(fresh.id(), EventStatus.PENDING, true) : known(fresh);
    }

    /** The same, with a line in its history; false when it is there already. */
    boolean keepFetched(Fresh fresh, Line line) {
        return service.inTransaction(() -> {
            boolean first = add(fresh);
            if (first) {
                note(fresh.id(), line);
            }
            return first;
        });
    }

    private void note(UUID id, Line line) {
        service.sql(
                        """
                        update webhook_events set history = history || cast(:line as jsonb)
                         where id = :id
                        """)
                .param("id", id)
                .param("line", json.writeValueAsString(line))
                .update();
    }

    Set<String> known(String source, UUID organization, Collection<String> events) {
        return Set.copyOf(
                service.sql(
                                """
                                select event_id from webhook_events
                                 where source = :source and at_organization = :organization
                                   and event_id = any(:events)
                                """)
                        .param("source", source)
                        .param("organization", organization)
                        .param("events", events.toArray(String[]::new))
                        .query((row, number) -> row.getString(1))
                        .list());
    }

    private boolean add(Fresh fresh) {
        return service.sql(
                                """
                                        insert into webhook_events
                                       (id, source, at_organization, event_id, kind, occurred_at, received_at,
                                        headers, body, status, tries, due_at)
                                values (:id, :source, cast(:organization as uuid), :event, :kind, :occurred, :now,
                                        cast(:headers as jsonb), :body, 'pending', 1, :due)
                                on conflict (source, event_id, at_organization) do nothing
                                """)
                        .param("id", fresh.id())
                        .param("source", fresh.source())
                        .param("organization", fresh.organization(), Types.OTHER)
                        .param("event", fresh.announced().id())
                        .param("kind", fresh.announced().kind())
                        .param("occurred", at(fresh.announced().occurredAt()))
                        .param("now", at(fresh.now()))
                        .param("headers", json.writeValueAsString(fresh.announced().headers()))
                        .param("body", fresh.body())
                        .param("due", at(fresh.due()))
                        .update()
                == 1;
    }

    private Kept known(Fresh fresh) {
        return service.sql(
                        """
                        select id, status from webhook_events
                         where source = :source and event_id = :event
                           and at_organization is not distinct from cast(:organization as uuid)
                        """)
                .param("source", fresh.source())
                .param("event", fresh.announced().id())
                .param("organization", fresh.organization(), Types.OTHER)
                .query((row, number) ->
                        new Kept(
                                row.getObject("id", UUID.class),
                                status(row.getString("status")),
                                false))
                .single();
    }

    /**
     * Nothing in the transaction at hand may take longer than this. Its commit does not wait for
     * the disk: should the database end with it unwritten, then the event is still due, and done
     * again.
     */
    void begin(Duration longest) {
        service.sql(
                        """
                        select set_config('statement_timeout', :longest, true),
                               set_config('lock_timeout', :longest, true),
                               set_config('synchronous_commit', 'off', true)
                        """)
                .param("longest", longest.toMillis() + "ms")
                .query((row, number) -> row.getString(1))
                .single();
    }

    /** An event that is under way, with how often it was tried. */
    record Claimed(UUID id, int tries) {}

    /**
     * The next event that is due; nobody else is given it until the time that is said.
     *
     * @param sources those known here: another version's are left to its own nodes
     */
    Optional<Claimed> claim(Collection<String> sources, Instant now, Instant until) {
        return service.sql(
                        """
                        update webhook_events
                           set tries = tries + 1, due_at = :until
                         where id = (select id from webhook_events
                                      where due_at <= :now
                                        and (source = any(:sources) or at_organization is not null)
                                      order by due_at limit 1
                                      for update skip locked)
                        returning id, tries
                        """)
                .param("sources", sources.toArray(String[]::new))
                .param("now", at(now))
                .param("until", at(until))
                .query((row, number) ->
                        new Claimed(row.getObject("id", UUID.class), row.getInt("tries")))
                .optional();
    }

    /** Gives up what was claimed until then and is not done. */
    void giveUp(Instant until, Instant now) {
        service.sql(
                        """
                        update webhook_events set due_at = :now
                         where due_at = :until and status in ('pending', 'failed')
                        """)
                .param("until", at(until))
                .param("now", at(now))
                .update();
    }

    /**
     * Locks an event that still has to be done; empty when it is done, or under way elsewhere.
     *
     * @throws IllegalStateException when its body is not kept any more
     */
    Optional<StoredEvent> open(UUID id) {
        return service.sql(
                        """
                        select id, source, at_organization, event_id, kind, occurred_at, body
                          from webhook_events
                         where id = :id and status in ('pending', 'failed')
                           for update skip locked
                        """)
                .param("id", id)
                .query((row, number) ->
                        new StoredEvent(
                                row.getObject("id", UUID.class),
                                row.getString("source"),
                                row.getObject("at_organization", UUID.class),
                                row.getString("event_id"),
                                row.getString("kind"),
                                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                                row.getBytes("body")))
                .optional();
    }

    /** A line of an event's history. */
    record Line(Instant at, String outcome, String reason, long millis) {}

    void complete(UUID id, List<Effect> effects, Line line) {
        service.sql(
                        """
                        update webhook_events
                           set status = 'completed', due_at = null, completed_at = :at,
                               effects = case when jsonb_array_length(cast(:effects as jsonb)) = 0
                                                  then effects else cast(:effects as jsonb) end,
                               history = history || cast(:line as jsonb)
                         where id = :id
                        """)
                .param("id", id)
                .param("at", at(line.at()))
                .param("effects", json.writeValueAsString(effects))
                .param("line", json.writeValueAsString(line))
                .update();
    }

    /**
     * Notes that a try was in vain, unless another one went well meanwhile.
     *
     * @param due null when it is not tried again
     */
    void fail(UUID id, Line line, @Nullable Instant due) {
        service.sql(
                        """
                        update webhook_events
                           set status = :status, due_at = cast(:due as timestamptz),
                               history = history || cast(:line as jsonb)
                         where id = :id and status in ('pending', 'failed')
                        """)
                .param("id", id)
                .param("status", due == null ? "dead" : "failed")
                .param("due", due == null ? null : at(due), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("line", json.writeValueAsString(line))
                .update();
    }

    /** Has events done again; those whose bodies are not kept any more stay as they are. */
    int again(List<UUID> events, @Nullable UUID organization, Line line) {
        return service.sql(
                        """
                        update webhook_events
                           set status = 'pending', tries = 0, due_at = :now, completed_at = null,
                               history = history || cast(:line as jsonb)
                         where id = any(cast(:ids as uuid[])) and body is not null
                           and at_organization is not distinct from cast(:organization as uuid)
                        """)
                .param("ids", events.stream().map(UUID::toString).toArray(String[]::new))
                .param("organization", organization, Types.OTHER)
                .param("now", at(line.at()))
                .param("line", json.writeValueAsString(line))
                .update();
    }

    /** Empties what is done and older than the one time, forgets what is older than the other. */
    void prune(Instant bodiesBefore, Instant idsBefore) {
        service.sql(
                        """
                        with forgotten as (
                            delete from webhook_events
                             where received_at < :ids and status in ('completed', 'dead'))
                        update webhook_events
                           set body = null, headers = '{}'
                         where received_at < :bodies and received_at >= :ids
                           and status = 'completed' and body is not null
                        """)
                .params(Map.of("bodies", at(bodiesBefore), "ids", at(idsBefore)))
                .update();
    }

    static EventStatus status(String word) {
        return EventStatus.valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
