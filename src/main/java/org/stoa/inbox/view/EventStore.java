package org.stoa.inbox.view;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.inbox.Effect;
import org.stoa.inbox.EventStatus;
import org.stoa.shared.Characters;
import org.stoa.tenancy.Rows;
import org.stoa.tenancy.ServiceDatabase;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads events: a school's bound to it, those of the platform's host as the service role, which the
 * routes open to the platform's administrators alone.
 */
@Repository
class EventStore {
    private static final String LINE =
            """
            select id, source, event_id, kind, status, tries, received_at, due_at,
                   case when history -> -1 ->> 'outcome' in ('failed', 'dead')
                        then coalesce(history -> -1 ->> 'reason', '') else '' end as reason
            """;
    private static final String HERE =
            "at_organization is not distinct from cast(:organization as uuid)";

    private final JdbcClient jdbc;
    private final ServiceDatabase service;
    private final JsonMapper json;

    EventStore(JdbcClient jdbc, ServiceDatabase service, JsonMapper json) {
        this.jdbc = jdbc;
        this.service = service;
        this.json = json;
    }

    /** Which events are looked for; null for any. */
    record Sought(@Nullable EventStatus status, @Nullable String source, @Nullable UUID before) {
        Sought {
            source = source == null ? null : Characters.kept(source);
        }
    }

    /** Newest first. */
    List<EventLine> list(@Nullable UUID organization, Sought sought, int limit) {
        var status = sought.status();
        return sql(
                        organization,
                        LINE
                                + """
                                  from webhook_events
                                 where (cast(:status as text) is null or status = :status)
                                   and (cast(:source as text) is null or source = :source)
                                   and (cast(:before as uuid) is null or id < cast(:before as uuid))
                                   and
                                """
                                + HERE
                                + " order by id desc limit :limit")
                .param("status", status == null ? null : status.word(), Types.VARCHAR)
                .param("source", sought.source(), Types.VARCHAR)
                .param("before", sought.before(), Types.OTHER)
                .param("limit", limit)
                .query(EventStore::line)
                .list();
    }

    /** How many events of a source stand so. */
    record Count(String source, EventStatus status, long events) {}

    List<Count> counts(@Nullable UUID organization, Instant since) {
        return sql(
                        organization,
                        """
                        select source, status, count(*) as events
                          from webhook_events
                         where received_at >= :since and
                        """
                                + HERE
                                + " group by source, status order by source, status")
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Count(
                                row.getString("source"),
                                status(row.getString("status")),
                                row.getLong("events")))
                .list();
    }

    /** How many events of a source stand so, and for how long the first of them has been here. */
    record Standing(String source, EventStatus status, long events, Duration oldest) {}

    /**
     * What is open or dead, and what came in since then and is completed; of all hosts.
     *
     * @param named sources that have a line of their own; schools' own ones share another
     */
    List<Standing> standing(Collection<String> named, String others, Instant since, Instant now) {
        return service.sql(
                        """
                        with listed as (
                            select source, status, received_at from webhook_events
                             where due_at is not null
                            union all
                            select source, status, received_at from webhook_events
                             where status = 'dead'
                            union all
                            select source, status, received_at from webhook_events
                             where status = 'completed' and body is not null
                               and received_at >= :since)
                        select case when source = any (:named) then source else :others end as source,
                               status, count(*) as events,
                               extract(epoch from :now - min(received_at)) as seconds
                          from listed group by 1, 2
                        """)
                .param("named", named.toArray(String[]::new))
                .param("others", others)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Standing(
                                row.getString("source"),
                                status(row.getString("status")),
                                row.getLong("events"),
                                Duration.ofSeconds(Math.max(0, row.getLong("seconds")))))
                .list();
    }

    Optional<EventWhole> one(@Nullable UUID organization, UUID id) {
        return sql(
                        organization,
                        LINE
                                + """
                                     , occurred_at, completed_at, headers, body, effects, history
                                  from webhook_events
                                 where id = :id and
                                """
                                + HERE)
                .param("id", id)
                .query(this::whole)
                .optional();
    }

    private EventWhole whole(ResultSet row, int number) throws SQLException {
        var body = row.getBytes("body");
        var headers =
                json.readValue(
                        row.getString("headers"), new TypeReference<Map<String, String>>() {});
        headers.keySet().removeIf(name -> name.endsWith("-signature"));
        var effects = new TypeReference<List<Effect>>() {};
        var tries = new TypeReference<List<EventWhole.Try>>() {};
        return new EventWhole(
                line(row, number),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "completed_at"),
                headers,
                body == null ? null : Masked.of(body, json),
                json.readValue(row.getString("effects"), effects),
                json.readValue(row.getString("history"), tries));
    }

    private JdbcClient.StatementSpec sql(@Nullable UUID organization, String sql) {
        var statement = organization == null ? service.sql(sql) : jdbc.sql(sql);
        return statement.param("organization", organization, Types.OTHER);
    }

    private static EventLine line(ResultSet row, int number) throws SQLException {
        return new EventLine(
                row.getObject("id", UUID.class),
                row.getString("source"),
                row.getString("event_id"),
                row.getString("kind"),
                status(row.getString("status")),
                row.getInt("tries"),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "due_at"),
                row.getString("reason"));
    }

    private static EventStatus status(String word) {
        return EventStatus.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
