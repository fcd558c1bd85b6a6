package org.stoa.commerce.sales;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
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

/** Reads orders for a school's administrators. */
@Repository
class SalesStore {
    private static final String LINE =
            """
            select r.id, r.code, r.status, r.title, r.amount, r.currency, r.paid, r.returned, r.tax, r.provider,
                   r.user_id, coalesce(u.name, '') as buyer, coalesce(u.email, '') as email, r.created_at,
                   r.paid_at, r.discount, r.kind, r.buys, r.quantity, k.code as coupon
            """;
    private static final String FROM =
            """
              from orders r
              left join users u on u.id = r.user_id
              left join coupons k on k.organization_id = r.organization_id and k.id = r.coupon_id
             where r.organization_id = (select current_organization())
            """;

    // What is left of each payment when everything that was asked for is gone.
    private static final String WHOLE =
            """
            , (select coalesce(sum(greatest(0, p.amount - greatest(coalesce(f.refunded, 0), coalesce(b.gone, 0)))), 0)
                 from payments p
                 left join payment_facts f on f.organization_id = p.organization_id
                       and f.provider = p.provider and f.reference = p.reference
                 left join lateral (select sum(b.amount) as gone from refunds b
                                     where b.organization_id = p.organization_id and b.payment_id = p.id
                                       and b.status in ('asked', 'done')) b on true
                where p.organization_id = r.organization_id and p.order_id = r.id) as money_left
            , (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'reference', p.reference,
                      'amount', p.amount, 'currency', p.currency, 'at', p.paid_at,
                      'refunded', coalesce(f.refunded, 0), 'dispute', f.dispute) order by p.id), '[]')
                 from payments p
                 left join payment_facts f on f.organization_id = p.organization_id
                       and f.provider = p.provider and f.reference = p.reference
                where p.organization_id = r.organization_id and p.order_id = r.id) as payments
            , (select coalesce(jsonb_agg(jsonb_build_object('id', b.id, 'amount', b.amount,
                      'currency', p.currency, 'reason', b.reason, 'status', b.status,
                      'askedAt', b.created_at, 'doneAt', b.done_at, 'by', w.name) order by b.created_at, b.id), '[]')
                 from refunds b
                 join payments p on p.organization_id = b.organization_id and p.id = b.payment_id
                 left join users w on w.id = b.asked_by
                where p.organization_id = r.organization_id and p.order_id = r.id) as refunds
            , (select coalesce(jsonb_agg(jsonb_build_object('at', e.happened_at, 'what', e.what,
                      'status', e.status, 'by', w.name, 'detail', e.detail) order by e.id), '[]')
                 from order_events e left join users w on w.id = e.person_id
                where e.organization_id = r.organization_id and e.order_id = r.id) as history
            , (select coalesce(jsonb_agg(jsonb_build_object('slug', c.slug, 'title', c.title,
                      'from', g.starts_at, 'until', g.ends_at,
                      'open', g.ends_at is null or g.ends_at > :now) order by g.id), '[]')
                 from access_grants g
                 join courses c on c.organization_id = g.organization_id and c.id = g.course_id
                where g.organization_id = r.organization_id and g.user_id = r.user_id
                  and g.source in ('purchase', 'subscription')
                  and g.source_reference = cast(r.id as text)) as access
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    SalesStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The newest first. */
    List<OrderLine> list(OrderSearch search, @Nullable UUID before, int limit) {
        return jdbc.sql(
                        LINE
                                + FROM
                                + """
                                   and (cast(:status as text) is null or r.status = :status)
                                   and (cast(:code as text) is null or r.code = :code
                                        or r.title ilike :part or u.name ilike :part or u.email ilike :part)
                                   and (cast(:before as uuid) is null or r.id < cast(:before as uuid))
                                 order by r.id desc limit :limit
                                """)
                .param("status", search.status().isEmpty() ? null : search.status(), Types.VARCHAR)
                .param("code", search.text().isEmpty() ? null : search.code(), Types.VARCHAR)
                .param("part", search.part())
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .query(SalesStore::line)
                .list();
    }

    Optional<OrderWhole> one(UUID id, Instant now) {
        return jdbc.sql(LINE + WHOLE + FROM + " and r.id = :id")
                .param("id", id)
                .param("now", now)
                .query(this::whole)
                .optional();
    }

    private OrderWhole whole(ResultSet row, int number) throws SQLException {
        return new OrderWhole(
                line(row, number),
                row.getLong("money_left"),
                json.readValue(row.getString("payments"), new TypeReference<>() {}),
                json.readValue(row.getString("refunds"), new TypeReference<>() {}),
                json.readValue(row.getString("history"), new TypeReference<>() {}),
                json.readValue(row.getString("access"), new TypeReference<>() {}));
    }

    private static OrderLine line(ResultSet row, int number) throws SQLException {
        return new OrderLine(
                row.getObject("id", UUID.class),
                row.getString("code"),
                OrderStatus.of(row.getString("status")),
                row.getString("title"),
                new Money(row.getLong("amount"), row.getString("currency")),
                row.getLong("paid"),
                row.getLong("returned"),
                row.getLong("tax"),
                Reduction.of(row.getLong("discount"), row.getString("coupon")),
                Terms.Kind.of(row.getString("kind")),
                Terms.Buys.of(row.getString("buys")),
                row.getInt("quantity"),
                row.getString("provider"),
                row.getObject("user_id", UUID.class),
                row.getString("buyer"),
                row.getString("email"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "paid_at"));
    }
}
