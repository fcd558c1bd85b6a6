package org.stoa.commerce;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Rows;
import org.stoa.tenancy.ServiceDatabase;

/** What is paid again and again, as it was told last. */
@Repository
class SubscriptionStore {
    private static final String SUBSCRIPTION =
            """
            select order_id, provider, reference, customer, status, paid_until, cancels_at, parts_left,
                   failed_at, told_at
              from subscriptions
             where organization_id = (select current_organization())
            """;

    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    SubscriptionStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    Optional<Subscription> find(UUID order) {
        return jdbc.sql(SUBSCRIPTION + " and order_id = :order")
                .param("order", order)
                .query(SubscriptionStore::subscription)
                .optional();
    }

    Optional<UUID> orderOf(String provider, String reference) {
        return jdbc.sql(SUBSCRIPTION + " and provider = :provider and reference = :reference")
                .param("provider", provider)
                .param("reference", reference)
                .query((row, number) -> row.getObject("order_id", UUID.class))
                .optional();
    }

    /** Those whose paid time is over and that are not known to have ended, by their orders' ids. */
    List<UUID> due(String provider, Instant now, @Nullable UUID after, int limit) {
        return jdbc.sql(
                        SUBSCRIPTION
                                + """
                                   and provider = :provider and status <> 'ended' and paid_until < :now
                                   and (cast(:after as uuid) is null or order_id > cast(:after as uuid))
                                 order by order_id limit :limit
                                """)
                .param("provider", provider)
                .param("now", now)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, number) -> row.getObject("order_id", UUID.class))
                .list();
    }

    /** Keeps what was told, unless something later is known. */
    void note(UUID order, String provider, Subscription.Told told, Instant now) {
        jdbc.sql(
                        """
                        insert into subscriptions as s
                               (organization_id, order_id, provider, reference, customer, status,
                                paid_until, cancels_at, failed_at, told_at, changed_at)
                        values (current_organization(), :order, :provider, :reference, :customer,
                                :status, :until, cast(:cancels as timestamptz),
                                case when :status = 'past-due' then :now end, :told, :now)
                        on conflict (organization_id, order_id) do update
                           set status = excluded.status, paid_until = excluded.paid_until,
                               cancels_at = excluded.cancels_at,
                               failed_at = case excluded.status when 'past-due' then coalesce(s.failed_at, :now)
                                                                when 'ended' then s.failed_at end,
                               reminded_at = case when excluded.status in ('past-due', 'ended')
                                                  then s.reminded_at end,
                               told_at = excluded.told_at, changed_at = :now
                         where s.told_at <= excluded.told_at
                        """)
                .param("order", order)
                .param("provider", provider)
                .param("reference", told.reference())
                .param("customer", told.customer())
                .param("status", told.status().word())
                .param("until", told.paidUntil())
                .param("cancels", at(told.cancelsAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("told", told.at())
                .param("now", now)
                .update();
    }

    void partsLeft(UUID order, int left) {
        jdbc.sql(
                        """
                        update subscriptions set parts_left = :left
                         where organization_id = (select current_organization()) and order_id = :order
                           and parts_left is distinct from :left
                        """)
                .param("order", order)
                .param("left", left)
                .update();
    }

    /** True once for each time that it was not paid. */
    boolean reminds(UUID order, Instant now) {
        return jdbc.sql(
                                """
                                update subscriptions set reminded_at = :now
                                 where organization_id = (select current_organization())
                                   and order_id = :order and status = 'past-due' and reminded_at is null
                                """)
                        .param("order", order)
                        .param("now", now)
                        .update()
                == 1;
    }

    /** The schools where access may end by the clock. */
    List<UUID> schools(Instant since) {
        return service.sql(
                        """
                        select distinct organization_id from subscriptions
                         where status <> 'ended' or changed_at > :since or paid_until > :since
                         order by organization_id
                        """)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    static Subscription subscription(ResultSet row, int number) throws SQLException {
        int left = row.getInt("parts_left");
        boolean endless = row.wasNull();
        return new Subscription(
                row.getObject("order_id", UUID.class),
                row.getString("provider"),
                row.getString("reference"),
                row.getString("customer"),
                Subscription.Status.of(row.getString("status")),
                row.getObject("paid_until", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "cancels_at"),
                endless ? null : left,
                Rows.instant(row, "failed_at"),
                row.getObject("told_at", OffsetDateTime.class).toInstant());
    }
}
