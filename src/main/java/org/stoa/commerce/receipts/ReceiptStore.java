package org.stoa.commerce.receipts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.Terms;
import org.stoa.commerce.coupons.Reduction;
import org.stoa.shared.Money;
import org.stoa.tenancy.Rows;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reads orders for those who gave them. */
@Repository
class ReceiptStore {
    private static final String COLUMNS =
            """
            select r.id, r.code, r.title, r.buys, c.slug, r.status, r.amount, r.currency, r.paid, r.returned, r.tax,
                   r.provider, r.user_id, coalesce(u.name, '') as buyer, coalesce(u.email, '') as email,
                   r.created_at, r.paid_at, r.checkout_reference is not null as payable, r.discount,
                   k.code as coupon
            """;
    private static final String FROM =
            """
              from orders r
              join offers o on o.organization_id = r.organization_id and o.id = r.offer_id
              left join courses c on c.organization_id = o.organization_id and c.id = o.course_id
              left join users u on u.id = r.user_id
              left join coupons k on k.organization_id = r.organization_id and k.id = r.coupon_id
             where r.organization_id = (select current_organization())
            """;
    private static final String BACK =
            """
            , (select coalesce(jsonb_agg(jsonb_build_object('amount', b.amount, 'askedAt', b.created_at,
                      'doneAt', b.done_at) order by b.id), '[]')
                 from refunds b
                 join payments p on p.organization_id = b.organization_id and p.id = b.payment_id
                where p.organization_id = r.organization_id and p.order_id = r.id
                  and b.status in ('asked', 'done')) as back
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    ReceiptStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Somebody's, the newest first. */
    List<Receipt> list(UUID person, @Nullable UUID before, int limit) {
        return jdbc.sql(
                        COLUMNS
                                + ", '[]' as back"
                                + FROM
                                + """
                                   and r.user_id = :person
                                   and (cast(:before as uuid) is null or r.id < cast(:before as uuid))
                                 order by r.id desc limit :limit
                                """)
                .param("person", person)
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query(this::receipt)
                .list();
    }

    Optional<Receipt> find(UUID id) {
        return jdbc.sql(COLUMNS + BACK + FROM + " and r.id = :id")
                .param("id", id)
                .query(this::receipt)
                .optional();
    }

    private Receipt receipt(ResultSet row, int number) throws SQLException {
        return new Receipt(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("title"),
                Terms.Buys.of(row.getString("buys")),
                row.getString("slug"),
                OrderStatus.of(row.getString("status")),
                new Money(row.getLong("amount"), row.getString("currency")),
                row.getLong("paid"),
                row.getLong("returned"),
                row.getLong("tax"),
                Reduction.of(row.getLong("discount"), row.getString("coupon")),
                row.getString("provider"),
                row.getObject("user_id", UUID.class),
                row.getString("buyer"),
                row.getString("email"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "paid_at"),
                row.getBoolean("payable"),
                json.readValue(row.getString("back"), new TypeReference<List<Receipt.Back>>() {}));
    }
}
