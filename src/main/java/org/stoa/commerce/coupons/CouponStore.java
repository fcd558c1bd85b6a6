package org.stoa.commerce.coupons;

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

/** Coupons, and how often each was used. */
@Repository
class CouponStore {
    // An order that nobody paid in time is a use no more, also where nobody looked at it since.
    private static final String USES =
            """
              from orders r
             where r.organization_id = k.organization_id and r.coupon_id = k.id
               and (r.status in ('awaiting', 'paid', 'disputed', 'lost')
                    or r.status = 'pending'
                       and coalesce(r.checkout_ends_at, r.created_at + interval '1 day')
                           > cast(:now as timestamptz) - interval '1 hour')
            """;
    private static final String COUPON =
            """
            select k.id, k.code, k.percent, k.amount, k.currency, k.offer_id,
                   coalesce(c.title, o.title) as offer_title, k.starts_at, k.ends_at, k.most_uses,
                   k.once_a_person, k.active, k.created_at, (select count(*)
            """
                    + USES
                    + """
                        and r.id is distinct from cast(:besides as uuid)) as uses
                      from coupons k
                      left join offers o on o.organization_id = k.organization_id and o.id = k.offer_id
                      left join courses c on c.organization_id = o.organization_id and c.id = o.course_id
                     where k.organization_id = (select current_organization())
                    """;

    private final JdbcClient jdbc;

    CouponStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @return false where the school has one of this code
     */
    boolean add(Coupon coupon, UUID by) {
        var amount = coupon.amount();
        return jdbc.sql(
                                """
                                insert into coupons
                                       (organization_id, id, code, percent, amount, currency, offer_id, starts_at,
                                        ends_at, most_uses, once_a_person, active, created_at, created_by)
                                values (current_organization(), :id, :code, :percent, :amount, :currency, :offer,
                                        :starts, :ends, :most, :once, true, :now, :by)
                                on conflict (organization_id, code) do nothing
                                """)
                        .param("id", coupon.id())
                        .param("code", coupon.code())
                        .param("percent", coupon.percent(), Types.INTEGER)
                        .param("amount", amount == null ? null : amount.amount(), Types.BIGINT)
                        .param("currency", amount == null ? null : amount.currency(), Types.VARCHAR)
                        .param("offer", coupon.offer(), Types.OTHER)
                        .param("starts", at(coupon.startsAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("ends", at(coupon.endsAt()), Types.TIMESTAMP_WITH_TIMEZONE)
                        .param("most", coupon.mostUses(), Types.INTEGER)
                        .param("once", coupon.oncePerson())
                        .param("now", coupon.createdAt())
                        .param("by", by)
                        .update()
                == 1;
    }

    /** The newest first. */
    List<Coupon> list(@Nullable UUID before, int limit, Instant now) {
        return jdbc.sql(
                        COUPON
                                + """
                                   and (cast(:before as uuid) is null or k.id < cast(:before as uuid))
                                 order by k.id desc limit :limit
                                """)
                .param("besides", null, Types.OTHER)
                .param("before", before, Types.OTHER)
                .param("limit", limit)
                .param("now", now)
                .query(CouponStore::coupon)
                .list();
    }

    /**
     * @param besides an order that is no use of it here
     */
    Optional<Coupon> find(UUID id, @Nullable UUID besides, Instant now) {
        return jdbc.sql(COUPON + " and k.id = :id")
                .param("id", id)
                .param("besides", besides, Types.OTHER)
                .param("now", now)
                .query(CouponStore::coupon)
                .optional();
    }

    Optional<UUID> byCode(String code) {
        return jdbc.sql(
                        """
                        select id from coupons
                         where organization_id = (select current_organization()) and code = :code
                        """)
                .param("code", code)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** Until the transaction ends, nobody else uses it for the first time. */
    void lock(UUID id) {
        jdbc.sql(
                        """
                        select id from coupons
                         where organization_id = (select current_organization()) and id = :id
                           for no key update
                        """)
                .param("id", id)
                .query((row, number) -> number)
                .list();
    }

    boolean usedBy(UUID person, UUID coupon, @Nullable UUID besides, Instant now) {
        return jdbc.sql(
                        "select exists (select "
                                + USES
                                + """
                                     and r.user_id = :person and r.id is distinct from cast(:besides as uuid))
                                  from coupons k
                                 where k.organization_id = (select current_organization()) and k.id = :coupon
                                """)
                .param("person", person)
                .param("coupon", coupon)
                .param("besides", besides, Types.OTHER)
                .param("now", now)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /**
     * @return whether the school has it
     */
    boolean withdraw(UUID id) {
        return jdbc.sql(
                                """
                                update coupons set active = false
                                 where organization_id = (select current_organization()) and id = :id
                                """)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** What a coupon may be for: an offer's name by its id, those of courses alone too. */
    record Target(UUID id, String title) {}

    List<Target> targets(int limit) {
        return jdbc.sql(
                        """
                        select o.id, coalesce(c.title, o.title) as title
                          from offers o
                          left join courses c on c.organization_id = o.organization_id and c.id = o.course_id
                         where o.organization_id = (select current_organization()) and o.active
                         order by lower(coalesce(c.title, o.title)), o.id limit :limit
                        """)
                .param("limit", limit)
                .query((row, number) ->
                        new Target(row.getObject("id", UUID.class), row.getString("title")))
                .list();
    }

    boolean sold(UUID offer) {
        return jdbc.sql(
                        """
                        select exists (select from offers
                                        where organization_id = (select current_organization()) and id = :offer)
                        """)
                .param("offer", offer)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Coupon coupon(ResultSet row, int number) throws SQLException {
        return new Coupon(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getObject("percent", Integer.class),
                Rows.money(row),
                row.getObject("offer_id", UUID.class),
                row.getString("offer_title"),
                Rows.instant(row, "starts_at"),
                Rows.instant(row, "ends_at"),
                row.getObject("most_uses", Integer.class),
                row.getBoolean("once_a_person"),
                row.getBoolean("active"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getLong("uses"));
    }
}
