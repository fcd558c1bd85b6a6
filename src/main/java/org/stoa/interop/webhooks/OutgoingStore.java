package org.stoa.interop.webhooks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Rows;
import org.stoa.tenancy.ServiceDatabase;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Keeps a school's addresses, and what was sent to them. */
@Repository
class OutgoingStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;
    private final JsonMapper json;

    OutgoingStore(JdbcClient jdbc, ServiceDatabase service, JsonMapper json) {
        this.jdbc = jdbc;
        this.service = service;
        this.json = json;
    }

    /** Whether anybody is to be told of this; asked on behalf of learners, who see no addresses. */
    boolean anyoneListens(UUID school) {
        return service.sql(
                        """
                        select exists (select from webhook_endpoints
                                        where organization_id = :school and disabled_at is null)
                        """)
                .param("school", school)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    void add(Endpoint endpoint, byte[] secret, @Nullable UUID by, Instant now) {
        jdbc.sql(
                        """
                        insert into webhook_endpoints
                               (organization_id, id, url, secret, kinds, added_by, created_at)
                        values ((select current_organization()), :id, :url, :secret, :kinds,
                                cast(:by as uuid), :now)
                        """)
                .param("id", endpoint.id())
                .param("url", endpoint.url())
                .param("secret", secret)
                .param("kinds", endpoint.kinds().toArray(String[]::new))
                .param("by", by, Types.OTHER)
                .param("now", now)
                .update();
    }

    List<Endpoint> endpoints() {
        return jdbc.sql(
                        """
                        select id, url, kinds, created_at, failing_since, disabled_at
                          from webhook_endpoints
                         where organization_id = (select current_organization())
                         order by created_at, id
                        """)
                .query(OutgoingStore::endpoint)
                .list();
    }

    Optional<Endpoint> endpoint(UUID id) {
        return jdbc.sql(
                        """
                        select id, url, kinds, created_at, failing_since, disabled_at
                          from webhook_endpoints
                         where organization_id = (select current_organization()) and id = :id
                        """)
                .param("id", id)
                .query(OutgoingStore::endpoint)
                .optional();
    }

    boolean remove(UUID id) {
        return jdbc.sql(
                                """
                                delete from webhook_endpoints
                                 where organization_id = (select current_organization()) and id = :id
                                """)
                        .param("id", id)
                        .update()
                == 1;
    }

    boolean enable(UUID id) {
        return jdbc.sql(
                                """
                                update webhook_endpoints set disabled_at = null, failing_since = null
                                 where organization_id = (select current_organization()) and id = :id
                                """)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** One delivery to each address that wants this kind, and has not got the event yet. */
    List<UUID> spread(UUID event, String kind, String body, Instant now) {
        return jdbc.sql(
                        """
                        insert into webhook_deliveries
                               (organization_id, id, endpoint_id, event_id, kind, body, status, due_at, created_at)
                        select organization_id, uuidv7(), id, :event, :kind, :body, 'pending', :now, :now
                          from webhook_endpoints
                         where organization_id = (select current_organization())
                           and disabled_at is null and :kind = any(kinds)
                        on conflict (organization_id, endpoint_id, event_id) do nothing
                        returning id
                        """)
                .param("event", event)
                .param("kind", kind)
                .param("body", body)
                .param("now", now)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** What is to be sent, where, and signed by what. */
    @SuppressWarnings("ArrayRecordComponent") // No two are compared.
    record Due(
            UUID id,
            UUID endpoint,
            UUID event,
            String url,
            byte[] secret,
            String body,
            int tries) {}

    Optional<Due> due(UUID delivery) {
        return jdbc.sql(
                        """
                        select d.id, d.endpoint_id, d.event_id, d.body, d.tries, e.url, e.secret
                          from webhook_deliveries d
                          join webhook_endpoints e
                            on e.organization_id = d.organization_id and e.id = d.endpoint_id
                         where d.organization_id = (select current_organization()) and d.id = :id
                           and d.status = 'pending' and e.disabled_at is null
                        """)
                .param("id", delivery)
                .query((row, number) ->
                        new Due(
                                row.getObject("id", UUID.class),
                                row.getObject("endpoint_id", UUID.class),
                                row.getObject("event_id", UUID.class),
                                row.getString("url"),
                                row.getBytes("secret"),
                                row.getString("body"),
                                row.getInt("tries")))
                .optional();
    }

    /**
     * Notes a try.
     *
     * @param due null when there is none after it
     */
    void tried(UUID delivery, String status, Outgoing.Try one, @Nullable Instant due) {
        jdbc.sql(
                        """
                        update webhook_deliveries
                           set status = :status, tries = tries + 1, due_at = cast(:due as timestamptz),
                               history = history || cast(:one as jsonb)
                         where organization_id = (select current_organization()) and id = :id
                           and status = 'pending'
                        """)
                .param("id", delivery)
                .param("status", status)
                .param("due", due, Types.OTHER)
                .param("one", json.writeValueAsString(one))
                .update();
    }

    /** The job of its next try. */
    void carriedBy(UUID delivery, UUID job) {
        jdbc.sql(
                        """
                        update webhook_deliveries set job_id = :job
                         where organization_id = (select current_organization()) and id = :id
                        """)
                .param("id", delivery)
                .param("job", job)
                .update();
    }

    /** Ends the delivery whose job was taken back, in whichever school. */
    void broken(UUID job, Outgoing.Try one) {
        service.sql(
                        """
                        update webhook_deliveries
                           set status = 'dead', due_at = null, history = history || cast(:one as jsonb)
                         where job_id = :job and status = 'pending'
                        """)
                .param("job", job)
                .param("one", json.writeValueAsString(one))
                .update();
    }

    /**
     * How an address does.
     *
     * @param now whether this try was the last straw
     */
    record Noted(boolean disabled, boolean now) {}

    /**
     * Notes how an address does; one that has failed since before a time is not tried any more.
     *
     * @return what became of it; empty when it is gone
     */
    Optional<Noted> noted(UUID endpoint, boolean good, Instant now, Instant disableBefore) {
        return jdbc.sql(
                        """
                        update webhook_endpoints
                           set failing_since = case when :good then null else coalesce(failing_since, :now) end,
                               disabled_at = case when not :good and failing_since < :before
                                                  then coalesce(disabled_at, :now) else disabled_at end
                         where organization_id = (select current_organization()) and id = :id
                        returning new.disabled_at is not null,
                                  new.disabled_at is not null and old.disabled_at is null
                        """)
                .param("id", endpoint)
                .param("good", good)
                .param("now", now)
                .param("before", disableBefore)
                .query((row, number) -> new Noted(row.getBoolean(1), row.getBoolean(2)))
                .optional();
    }

    List<Outgoing.Sent> sent(UUID endpoint, int limit) {
        return jdbc.sql(
                        """
                        select id, event_id, kind, status, tries, due_at, created_at, history
                          from webhook_deliveries
                         where organization_id = (select current_organization())
                           and endpoint_id = :endpoint
                         order by id desc limit :limit
                        """)
                .param("endpoint", endpoint)
                .param("limit", limit)
                .query(this::sent)
                .list();
    }

    /** Has it sent again, as the same event; false when the school has no such delivery. */
    boolean again(UUID delivery, Instant now) {
        return jdbc.sql(
                                """
                                update webhook_deliveries set status = 'pending', tries = 0, due_at = :now
                                 where organization_id = (select current_organization()) and id = :id
                                """)
                        .param("id", delivery)
                        .param("now", now)
                        .update()
                == 1;
    }

    private Outgoing.Sent sent(ResultSet row, int number) throws SQLException {
        return new Outgoing.Sent(
                row.getObject("id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("kind"),
                row.getString("status"),
                row.getInt("tries"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "due_at"),
                json.readValue(
                        row.getString("history"), new TypeReference<List<Outgoing.Try>>() {}));
    }

    private static Endpoint endpoint(ResultSet row, int number) throws SQLException {
        return new Endpoint(
                row.getObject("id", UUID.class),
                row.getString("url"),
                Arrays.asList((String[]) row.getArray("kinds").getArray()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "failing_since"),
                Rows.instant(row, "disabled_at"));
    }
}
