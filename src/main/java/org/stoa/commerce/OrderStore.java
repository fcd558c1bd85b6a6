package org.stoa.commerce;

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
import org.stoa.commerce.billing.Tax;
import org.stoa.shared.Money;
import org.stoa.tenancy.Rows;

/** Orders, what was bought with each, and what happened to it. */
@Repository
class OrderStore {
    private static final String ORDER =
            """
            select r.id, r.code, r.user_id, r.offer_id, o.course_id, c.slug, r.title, r.status, r.amount,
                   r.currency, r.kind, r.every, r.trial_days, r.parts, r.buys, r.quantity, r.discount,
                   r.coupon_id, r.tax_terms, r.paid, r.returned, r.provider, r.checkout_reference,
                   r.checkout_url, r.checkout_ends_at, r.created_at, r.paid_at
              from orders r
              join offers o on o.organization_id = r.organization_id and o.id = r.offer_id
              left join courses c on c.organization_id = o.organization_id and c.id = o.course_id
             where r.organization_id = (select current_organization())
            """;

    private final JdbcClient jdbc;

    OrderStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An order to be written.
     *
     * @param discount minor units that its coupon takes off
     * @param tax how it is to be reckoned
     */
    record Fresh(
            UUID id,
            String code,
            UUID person,
            Wish wish,
            Money price,
            long discount,
            Tax tax,
            String provider,
            Instant now) {}

    /**
     * Writes an order for what is offered now, unless the person has an open one for it, or it is
     * not sold.
     */
    void open(Fresh fresh) {
        jdbc.sql(
                        """
                        with opened as (
                            insert into orders
                                   (organization_id, id, code, user_id, offer_id, title, kind, every,
                                    trial_days, parts, buys, quantity, discount, coupon_id, tax_terms, status,
                                    amount, currency, provider, created_at, changed_at)
                            select o.organization_id, :id, :code, :person, o.id, coalesce(c.title, o.title),
                                   o.kind, o.every, o.trial_days, o.parts, :buys, :quantity, :discount,
                                   :coupon, :tax, 'pending', :amount, :currency, :provider, :now, :now
                              from offers o
                              left join courses c on c.organization_id = o.organization_id and c.id = o.course_id
                             where o.organization_id = (select current_organization())
                               and o.id = :offer and o.active
                            on conflict do nothing returning organization_id, id, offer_id, status
                        ), bought as (
                            insert into order_courses (organization_id, order_id, course_id)
                            select n.organization_id, n.id, c.course_id
                              from opened n
                              join offer_courses c on c.organization_id = n.organization_id and c.offer_id = n.offer_id
                        )
                        insert into order_events
                               (organization_id, id, order_id, happened_at, what, status, person_id)
                        select organization_id, id, id, :now, 'opened', status, :person from opened
                        """)
                .param("id", fresh.id())
                .param("code", fresh.code())
                .param("person", fresh.person())
                .param("offer", fresh.wish().offer())
                .param("buys", fresh.wish().buys().word())
                .param("quantity", fresh.wish().quantity())
                .param("coupon", fresh.wish().coupon(), Types.OTHER)
                .param("discount", fresh.discount())
                .param("tax", fresh.tax().word())
                .param("amount", fresh.price().amount())
                .param("currency", fresh.price().currency())
                .param("provider", fresh.provider())
                .param("now", fresh.now())
                .update();
    }

    /** The person's open order of an offer, locked until the transaction ends. */
    Optional<Order> openOf(UUID person, UUID offer, Terms.Buys buys) {
        return jdbc.sql(
                        ORDER
                                + """
                                   and r.user_id = :person and r.offer_id = :offer and r.buys = :buys
                                   and r.status in ('pending', 'awaiting')
                                   for update of r
                                """)
                .param("person", person)
                .param("offer", offer)
                .param("buys", buys.word())
                .query(OrderStore::order)
                .optional();
    }

    /** The e-mail address of somebody. */
    String email(UUID person) {
        return jdbc.sql("select email from users where id = :person")
                .param("person", person)
                .query((row, number) -> row.getString(1))
                .optional()
                .orElse("");
    }

    Optional<Order> find(UUID id) {
        return jdbc.sql(ORDER + " and r.id = :id")
                .param("id", id)
                .query(OrderStore::order)
                .optional();
    }

    Optional<Order> ofCheckout(String provider, String reference) {
        return jdbc.sql(ORDER + " and r.provider = :provider and r.checkout_reference = :reference")
                .param("provider", provider)
                .param("reference", reference)
                .query(OrderStore::order)
                .optional();
    }

    Optional<Order> lock(UUID id) {
        return jdbc.sql(ORDER + " and r.id = :id for update of r")
                .param("id", id)
                .query(OrderStore::order)
                .optional();
    }

    /** Until the transaction ends, no other order of the same person for the same is settled. */
    void alone(UUID id) {
        jdbc.sql(
                        """
                        select pg_advisory_xact_lock(
                                   hashtextextended('orders ' || user_id || offer_id, 0))
                          from orders
                         where organization_id = (select current_organization()) and id = :id
                        """)
                .param("id", id)
                .query((row, number) -> number)
                .list();
    }

    /** Orders that somebody may have paid by now, the oldest first. */
    List<Order> unsettled(Instant before, @Nullable UUID after, int limit) {
        return jdbc.sql(
                        ORDER
                                + """
                                   and r.status in ('pending', 'awaiting') and r.created_at < :before
                                   and (cast(:after as uuid) is null or r.id > cast(:after as uuid))
                                 order by r.id limit :limit
                                """)
                .param("before", before)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query(OrderStore::order)
                .list();
    }

    /** Notes where an order is paid, unless that is known already. */
    void placed(UUID id, Order.Checkout checkout, Instant now) {
        jdbc.sql(
                        """
                        update orders
                           set checkout_reference = :reference, checkout_url = :url,
                               checkout_ends_at = :ends, changed_at = :now
                         where organization_id = (select current_organization()) and id = :id
                           and checkout_reference is null
                        """)
                .param("id", id)
                .param("reference", checkout.reference())
                .param("url", checkout.url())
                .param("ends", checkout.endsAt())
                .param("now", now)
                .update();
    }

    List<UUID> courses(UUID order) {
        return jdbc.sql(
                        """
                        select course_id from order_courses
                         where organization_id = (select current_organization()) and order_id = :order
                         order by course_id
                        """)
                .param("order", order)
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /**
     * The order with which somebody has an offer for themselves: paid, and not ended since.
     *
     * @param besides an order that is not meant; null for none
     */
    Optional<UUID> held(UUID person, UUID offer, @Nullable UUID besides) {
        return jdbc.sql(
                        """
                        select r.id from orders r
                          left join subscriptions s on s.organization_id = r.organization_id
                                and s.order_id = r.id
                         where r.organization_id = (select current_organization())
                           and r.user_id = :person and r.offer_id = :offer
                           and r.id is distinct from cast(:besides as uuid)
                           and r.buys = 'own' and r.status = 'paid'
                           and (s.status is distinct from 'ended' or s.parts_left = 0)
                         order by r.paid_at limit 1
                        """)
                .param("person", person)
                .param("offer", offer)
                .param("besides", besides, Types.OTHER)
                .query(UUID.class)
                .optional();
    }

    /**
     * Whether its buyer has the same for themselves with other orders: of the same offer, or all of
     * its courses for good. One that recurs is not needed beside another that does either.
     */
    boolean heldBefore(Order order) {
        return order.terms().buys() == Terms.Buys.OWN
                && (held(order.person(), order.offer(), order.id()).isPresent() || covered(order));
    }

    private boolean covered(Order order) {
        return jdbc.sql(
                        """
                        select count(*) > 0 and count(*) = count(*) filter (where exists (
                               select from order_courses o
                                 join orders r on r.organization_id = o.organization_id and r.id = o.order_id
                                 left join subscriptions s on s.organization_id = r.organization_id
                                       and s.order_id = r.id
                                where o.organization_id = c.organization_id and o.course_id = c.course_id
                                  and r.user_id = :person and r.id <> c.order_id
                                  and r.buys = 'own' and r.status = 'paid'
                                  and (r.kind = 'once' or s.parts_left = 0
                                       or :recurs and s.status <> 'ended')))
                          from order_courses c
                         where c.organization_id = (select current_organization()) and c.order_id = :order
                        """)
                .param("person", order.person())
                .param("order", order.id())
                .param("recurs", order.terms().recurs())
                .query(Boolean.class)
                .single();
    }

    /** How an order stands now, and the sums that came in, tax among it, and went back. */
    void change(Order order, OrderStatus status, long paid, long returned, Instant now) {
        jdbc.sql(
                        """
                        update orders
                           set status = :status, paid = :paid, returned = :returned, changed_at = :now,
                               tax = (select coalesce(sum(p.tax), 0) from payments p
                                       where p.organization_id = orders.organization_id
                                         and p.order_id = orders.id),
                               paid_at = case when :paid > 0 or :status = 'paid'
                                              then coalesce(paid_at, :now) end
                         where organization_id = (select current_organization()) and id = :id
                        """)
                .param("id", order.id())
                .param("status", status.word())
                .param("paid", paid)
                .param("returned", returned)
                .param("now", now)
                .update();
    }

    /**
     * A line of an order's history.
     *
     * @param what a word for it, as in {@code paid}
     * @param person who did it; null where the provider or the clock did
     * @param detail plain text, may be empty
     */
    record Happened(
            UUID id,
            UUID order,
            Instant at,
            String what,
            OrderStatus status,
            @Nullable UUID person,
            String detail) {}

    void happened(Happened line) {
        jdbc.sql(
                        """
                        insert into order_events
                               (organization_id, id, order_id, happened_at, what, status, person_id, detail)
                        values (current_organization(), :id, :order, :at, :what, :status, :person, :detail)
                        """)
                .param("id", line.id())
                .param("order", line.order())
                .param("at", line.at())
                .param("what", line.what())
                .param("status", line.status().word())
                .param("person", line.person(), Types.OTHER)
                .param("detail", line.detail())
                .update();
    }

    private static Terms terms(ResultSet row) throws SQLException {
        int parts = row.getInt("parts");
        return new Terms(
                Terms.Kind.of(row.getString("kind")),
                Terms.Every.of(row.getString("every")),
                row.getInt("trial_days"),
                parts == 0 ? null : parts,
                Terms.Buys.of(row.getString("buys")),
                row.getInt("quantity"),
                row.getLong("discount"),
                row.getObject("coupon_id", UUID.class),
                Tax.of(row.getString("tax_terms")));
    }

    static Order order(ResultSet row, int number) throws SQLException {
        var reference = row.getString("checkout_reference");
        return new Order(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getObject("user_id", UUID.class),
                row.getObject("offer_id", UUID.class),
                row.getObject("course_id", UUID.class),
                row.getString("slug"),
                row.getString("title"),
                terms(row),
                OrderStatus.of(row.getString("status")),
                new Money(row.getLong("amount"), row.getString("currency")),
                row.getLong("paid"),
                row.getLong("returned"),
                row.getString("provider"),
                reference == null
                        ? null
                        : new Order.Checkout(
                                reference,
                                row.getString("checkout_url"),
                                row.getObject("checkout_ends_at", OffsetDateTime.class)
                                        .toInstant()),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "paid_at"));
    }
}
