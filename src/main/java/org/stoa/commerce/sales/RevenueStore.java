package org.stoa.commerce.sales;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.commerce.SubscriptionSettings;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Sums of money over time, and where money and access do not agree. */
@Repository
class RevenueStore {
    private static final String MINE =
            "coalesce((select provider from payment_settings where organization_id = (select current_organization())), 'test')";

    // What went back is known by refunds of our own, and what a provider tells beyond those. Money
    // that a bank took back is as gone as what was given back.
    private static final String POINTS =
            """
            select moved.currency, cast(date_trunc(:unit, moved.at at time zone :zone) as date) as day,
                   sum(moved.paid) as paid, sum(moved.back) as back
              from (select p.currency, p.paid_at as at, p.amount as paid, 0 as back
                      from payments p
                     where p.organization_id = (select current_organization()) and p.provider = %1$s
                       and p.paid_at >= :from
                    union all
                    select p.currency, b.done_at, 0, b.amount
                      from refunds b
                      join payments p on p.organization_id = b.organization_id and p.id = b.payment_id
                     where b.organization_id = (select current_organization()) and p.provider = %1$s
                       and b.status = 'done' and b.done_at >= :from
                    union all
                    select p.currency, f.known_at, 0,
                           greatest(0, case when f.dispute = 'lost' then p.amount else f.refunded end
                                       - coalesce((select sum(b.amount) from refunds b
                                                    where b.organization_id = p.organization_id
                                                      and b.payment_id = p.id and b.status = 'done'), 0))
                      from payment_facts f
                      join payments p on p.organization_id = f.organization_id
                       and p.provider = f.provider and p.reference = f.reference
                     where f.organization_id = (select current_organization()) and p.provider = %1$s
                       and f.known_at >= :from and (f.refunded > 0 or f.dispute = 'lost')) moved
             group by 1, 2
            """
                    .formatted(MINE);

    private static final String MISMATCHES =
            """
            select m.* from (
            select 'payment-without-access' as kind, 'owed.' || r.id || '.' || c.id as id, r.id as order_id,
                   r.code, r.user_id, c.id as course_id, c.title, r.paid as amount, r.currency,
                   cast('' as text) as detail, r.changed_at as since, cast(r.id as text) as reference
              from orders r
              join order_courses b on b.organization_id = r.organization_id and b.order_id = r.id
              join courses c on c.organization_id = b.organization_id and c.id = b.course_id
             where r.organization_id = (select current_organization()) and r.status = 'paid'
               and r.kind = 'once' and r.buys = 'own'
               and not exists (select from access_grants g
                                where g.organization_id = r.organization_id and g.user_id = r.user_id
                                  and g.course_id = c.id and g.source = 'purchase'
                                  and g.source_reference = cast(r.id as text)
                                  and (g.ends_at is null or g.ends_at > :now))
            union all
            select 'access-without-payment', 'unpaid.' || g.id, r.id, r.code, g.user_id, c.id, c.title,
                   r.amount, r.currency, coalesce(r.status, ''), g.starts_at, g.source_reference
              from access_grants g
              join courses c on c.organization_id = g.organization_id and c.id = g.course_id
              left join orders r on r.organization_id = g.organization_id
                   and r.id = case when g.source_reference ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                                   then cast(g.source_reference as uuid) end
             where g.organization_id = (select current_organization()) and g.source = 'purchase'
               and (g.ends_at is null or g.ends_at > :now)
               and r.status is distinct from 'paid'
            union all
            select 'payment-without-access', 'owed.' || r.id || '.' || c.id, r.id, r.code, r.user_id, c.id,
                   c.title, r.paid, r.currency, '', s.changed_at, cast(r.id as text)
              from subscriptions s
              join orders r on r.organization_id = s.organization_id and r.id = s.order_id
              join order_courses b on b.organization_id = r.organization_id and b.order_id = r.id
              join courses c on c.organization_id = b.organization_id and c.id = b.course_id
             where s.organization_id = (select current_organization()) and r.status = 'paid'
               and r.buys = 'own' and (s.parts_left = 0 or s.paid_until > :now)
               and not exists (select from access_grants g
                                where g.organization_id = r.organization_id and g.user_id = r.user_id
                                  and g.course_id = c.id and g.source = 'subscription'
                                  and g.source_reference = cast(r.id as text)
                                  and (g.ends_at is null or g.ends_at > :now))
            union all
            select 'access-without-payment', 'unpaid.' || g.id, r.id, r.code, g.user_id, c.id, c.title,
                   r.amount, r.currency, coalesce(case when r.status <> 'paid' then r.status end, ''),
                   g.starts_at, g.source_reference
              from access_grants g
              join courses c on c.organization_id = g.organization_id and c.id = g.course_id
              left join orders r on r.organization_id = g.organization_id
                   and r.id = case when g.source_reference ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                                   then cast(g.source_reference as uuid) end
              left join subscriptions s on s.organization_id = r.organization_id and s.order_id = r.id
             where g.organization_id = (select current_organization()) and g.source = 'subscription'
               and (g.ends_at is null or g.ends_at > :now)
               and (r.status is distinct from 'paid' or s.order_id is null
                    or coalesce(s.parts_left, 1) > 0
                       and (g.ends_at is null or s.paid_until + cast(:grace as interval) < :now))
            union all
            select 'payment-without-access', 'owed.' || h.reference || '.' || c.id, r.id, r.code, h.user_id,
                   c.id, c.title, r.paid, r.currency, '', h.taken_at, h.reference
              from orders r
              join lateral (select 'seat' as source, cast(t.id as text) as reference, t.user_id, t.taken_at
                              from team_seats t
                             where t.organization_id = r.organization_id and t.order_id = r.id
                            union all
                            select 'gift', cast(t.id as text), t.user_id, t.taken_at
                              from gifts t
                             where t.organization_id = r.organization_id and t.order_id = r.id) h on true
              join organization_memberships m on m.organization_id = r.organization_id
                   and m.user_id = h.user_id and m.status = 'active'
              join order_courses b on b.organization_id = r.organization_id and b.order_id = r.id
              join courses c on c.organization_id = b.organization_id and c.id = b.course_id
              left join subscriptions s on s.organization_id = r.organization_id and s.order_id = r.id
             where r.organization_id = (select current_organization()) and r.status = 'paid'
               and r.buys in ('seats', 'gift')
               and (r.kind = 'once' or s.parts_left = 0 or s.paid_until > :now)
               and not exists (select from access_grants g
                                where g.organization_id = r.organization_id and g.user_id = h.user_id
                                  and g.course_id = c.id and g.source = h.source
                                  and g.source_reference = h.reference
                                  and (g.ends_at is null or g.ends_at > :now))
            union all
            select 'access-without-payment', 'unpaid.' || g.id, r.id, r.code, g.user_id, c.id, c.title,
                   r.amount, r.currency, coalesce(case when r.status <> 'paid' then r.status end, ''),
                   g.starts_at, g.source_reference
              from access_grants g
              join courses c on c.organization_id = g.organization_id and c.id = g.course_id
              left join lateral (select t.order_id, t.user_id from team_seats t
                                  where g.source = 'seat' and t.organization_id = g.organization_id
                                    and t.id = case when g.source_reference ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                                                    then cast(g.source_reference as uuid) end
                                 union all
                                 select t.order_id, t.user_id from gifts t
                                  where g.source = 'gift' and t.organization_id = g.organization_id
                                    and t.id = case when g.source_reference ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                                                    then cast(g.source_reference as uuid) end) h on true
              left join orders r on r.organization_id = g.organization_id and r.id = h.order_id
              left join subscriptions s on s.organization_id = r.organization_id and s.order_id = r.id
             where g.organization_id = (select current_organization()) and g.source in ('seat', 'gift')
               and (g.ends_at is null or g.ends_at > :now)
               and (r.status is distinct from 'paid' or h.user_id is distinct from g.user_id
                    or r.kind <> 'once'
                       and (s.order_id is null
                            or coalesce(s.parts_left, 1) > 0
                               and (g.ends_at is null or s.paid_until + cast(:grace as interval) < :now)))
            union all
            select case when r.status = 'returning' then 'return-refused' else 'refund-refused' end,
                   'refund.' || r.id, r.id, r.code, r.user_id, null, r.title,
                   case when r.status = 'returning' then l.money_left else least(l.money_left, l.failed) end,
                   r.currency,
                   coalesce((select e.detail from order_events e
                              where e.organization_id = r.organization_id and e.order_id = r.id
                                and e.what = 'refund-refused' order by e.id desc limit 1), ''),
                   r.changed_at, cast(r.id as text)
              from orders r
              join lateral (
                    select sum(greatest(0, p.amount - greatest(coalesce(f.refunded, 0), coalesce(b.gone, 0)))) as money_left,
                           coalesce(sum(b.failed), 0) as failed, coalesce(sum(b.asked), 0) as asked
                      from payments p
                      left join payment_facts f on f.organization_id = p.organization_id
                           and f.provider = p.provider and f.reference = p.reference
                      left join lateral (
                            select sum(b.amount) filter (where b.status in ('asked', 'done')) as gone,
                                   sum(b.amount) filter (where b.status = 'asked') as asked,
                                   sum(b.amount) filter (where b.status = 'failed') as failed
                              from refunds b
                             where b.organization_id = p.organization_id and b.payment_id = p.id) b on true
                     where p.organization_id = r.organization_id and p.order_id = r.id) l on true
             where r.organization_id = (select current_organization())
               and (r.status = 'returning'
                    or r.id in (select p.order_id from refunds b
                                  join payments p on p.organization_id = b.organization_id and p.id = b.payment_id
                                 where b.organization_id = (select current_organization())
                                   and b.status = 'failed'))
               and l.money_left > 0
               and (l.failed > 0 or l.asked = 0)
            ) m
             where cast(:one as text) is null or m.id = :one
             order by m.since, m.id limit :limit
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    /** For how long a payment may be late, as the database writes a while. */
    private final String grace;

    RevenueStore(JdbcClient jdbc, JsonMapper json, SubscriptionSettings settings) {
        this.jdbc = jdbc;
        this.json = json;
        grace = settings.grace().toString();
    }

    /** What came in and went back in a while that begins on a day. */
    record Point(String currency, LocalDate day, long paid, long back) {}

    /**
     * @param provider by whom the school is paid; only that one's money is counted
     * @param taxTrouble it refuses to reckon tax, so that nobody can buy
     */
    record Overview(
            String provider, boolean taxTrouble, List<Point> points, List<Mismatch> mismatches) {}

    /** In one trip, since the page of sales needs both. */
    Overview overview(String unit, Instant from, ZoneId zone, Instant now, int limit) {
        return jdbc.sql(
                        "select "
                                + MINE
                                + " as provider, exists (select from billing_details"
                                + " where organization_id = (select current_organization())"
                                + " and tax_trouble_at is not null) as tax_trouble, (select coalesce(jsonb_agg(to_jsonb(x)), '[]') from ("
                                + POINTS
                                + ") x) as points, (select coalesce(jsonb_agg(to_jsonb(y)), '[]') from ("
                                + SHOWN
                                + ") y) as mismatches")
                .param("unit", unit)
                .param("zone", zone.getId())
                .param("from", from)
                .param("now", now)
                .param("grace", grace)
                .param("one", null, java.sql.Types.VARCHAR)
                .param("limit", limit)
                .query((row, number) ->
                        new Overview(
                                row.getString("provider"),
                                row.getBoolean("tax_trouble"),
                                json.readValue(row.getString("points"), new TypeReference<>() {}),
                                json.readValue(
                                        row.getString("mismatches"), new TypeReference<>() {})))
                .single();
    }

    private static final String SHOWN =
            """
            select m.kind, m.id, m.order_id as "order", m.code, m.course_id as course, m.title, m.amount,
                   m.currency, m.detail, m.since, m.reference, coalesce(u.name, '') as person
              from (
            """
                    + MISMATCHES
                    + ") m left join users u on u.id = m.user_id order by m.since, m.id";

    /**
     * @param one the id of a single one; null for all
     */
    List<Mismatch> mismatches(@Nullable String one, Instant now, int limit) {
        return jdbc.sql(SHOWN)
                .param("now", now)
                .param("grace", grace)
                .param("one", one, java.sql.Types.VARCHAR)
                .param("limit", limit)
                .query((row, number) -> {
                    long amount = row.getLong("amount");
                    boolean some = !row.wasNull();
                    return new Mismatch(
                            row.getString("id"),
                            row.getString("kind"),
                            row.getObject("order", UUID.class),
                            row.getString("code"),
                            row.getObject("course", UUID.class),
                            row.getString("title"),
                            row.getString("person"),
                            some ? amount : null,
                            row.getString("currency"),
                            row.getString("detail"),
                            row.getObject("since", OffsetDateTime.class).toInstant(),
                            row.getString("reference"));
                })
                .list();
    }
}
