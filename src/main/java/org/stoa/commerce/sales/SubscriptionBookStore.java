package org.stoa.commerce.sales;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.commerce.Subscription;
import org.stoa.shared.Money;
import org.stoa.tenancy.Rows;

/** Reads subscriptions for a school's administrators. */
@Repository
class SubscriptionBookStore {
    private final JdbcClient jdbc;

    SubscriptionBookStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The newest first.
     *
     * @param status a word of {@link Subscription.Status}; empty for all
     */
    List<SubscriptionLine> list(String status, @Nullable UUID before, int limit) {
        return jdbc.sql(
                        """
                        select r.id, r.code, r.title, r.amount, r.currency, r.user_id,
                               coalesce(u.name, '') as buyer, coalesce(u.email, '') as email,
                               s.provider, s.reference, s.customer, s.status, s.paid_until,
                               s.cancels_at, s.parts_left, s.failed_at, s.told_at
                          from subscriptions s
                          join orders r on r.organization_id = s.organization_id and r.id = s.order_id
                          left join users u on u.id = r.user_id
                         where s.organization_id = (select current_organization())
                           and (:status = '' or s.status = :status)
                           and (cast(:before as uuid) is null or s.order_id < cast(:before as uuid))
                         order by s.order_id desc limit :limit
                        """)
                .param("status", status)
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query(SubscriptionBookStore::line)
                .list();
    }

    private static SubscriptionLine line(ResultSet row, int number) throws SQLException {
        int left = row.getInt("parts_left");
        boolean endless = row.wasNull();
        var order = row.getObject("id", UUID.class);
        return new SubscriptionLine(
                order,
                row.getString("code"),
                row.getString("title"),
                new Money(row.getLong("amount"), row.getString("currency")),
                row.getObject("user_id", UUID.class),
                row.getString("buyer"),
                row.getString("email"),
                new Subscription(
                        order,
                        row.getString("provider"),
                        row.getString("reference"),
                        row.getString("customer"),
                        Subscription.Status.of(row.getString("status")),
                        row.getObject("paid_until", OffsetDateTime.class).toInstant(),
                        Rows.instant(row, "cancels_at"),
                        endless ? null : left,
                        Rows.instant(row, "failed_at"),
                        row.getObject("told_at", OffsetDateTime.class).toInstant()));
    }
}
