package org.stoa.commerce.billing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.shared.Money;

/** Invoices, and the numbers that they take. */
@Repository
class InvoiceStore {
    // What went back by itself was never sold.
    private static final String OPEN =
            """
              from payments p
             where p.organization_id = (select current_organization()) and p.order_id = :order
               and not exists (select from refunds b
                                where b.organization_id = p.organization_id and b.payment_id = p.id
                                  and b.asked_by is null)
               and not exists (select from invoices i
                                where i.organization_id = p.organization_id and i.payment_id = p.id)
            """;

    private final JdbcClient jdbc;

    InvoiceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An order, as far as invoices go.
     *
     * @param open how many of its payments have none
     * @param ready the school has said how it stands on one
     */
    record Sold(UUID person, String code, String buyer, int open, boolean ready) {}

    Optional<Sold> sold(UUID order) {
        return jdbc.sql(
                        """
                        select r.user_id, r.code, coalesce(u.name, '') as buyer,
                               (select count(*)
                        """
                                + OPEN
                                + """
                                       ) as open,
                                       exists (select from billing_details d
                                                where d.organization_id = r.organization_id
                                                  and d.name <> '' and d.address <> '') as ready
                                  from orders r
                                  left join users u on u.id = r.user_id
                                 where r.organization_id = (select current_organization()) and r.id = :order
                                """)
                .param("order", order)
                .query((row, number) ->
                        new Sold(
                                row.getObject("user_id", UUID.class),
                                row.getString("code"),
                                row.getString("buyer"),
                                row.getInt("open"),
                                row.getBoolean("ready")))
                .optional();
    }

    /** Until the transaction ends, nobody else issues invoices for the order. */
    void lock(UUID order) {
        jdbc.sql(
                        """
                        select id from orders
                         where organization_id = (select current_organization()) and id = :order
                           for update
                        """)
                .param("order", order)
                .query((row, number) -> number)
                .list();
    }

    /** A payment that has no invoice. */
    record Payment(UUID id, boolean test) {}

    /** The oldest first. */
    List<Payment> open(UUID order) {
        return jdbc.sql(
                        "select p.id, p.provider = 'test' as test"
                                + OPEN
                                + " order by p.paid_at, p.id")
                .param("order", order)
                .query((row, number) ->
                        new Payment(row.getObject("id", UUID.class), row.getBoolean("test")))
                .list();
    }

    /** The next number of a series. Until the transaction ends, nobody else is given one. */
    long next(boolean test) {
        return jdbc.sql(
                        """
                        insert into invoice_numbers as n (organization_id, test, last)
                        values (current_organization(), :test, 1)
                        on conflict (organization_id, test) do update set last = n.last + 1
                        returning last
                        """)
                .param("test", test)
                .query((row, number) -> row.getLong(1))
                .single();
    }

    /** An invoice to be written. */
    record Fresh(UUID id, UUID payment, long number, Invoice.Party to, Instant now) {}

    /** False where the payment, or what the school has to say, is not there any more. */
    boolean add(Fresh fresh) {
        return jdbc.sql(
                                """
                                insert into invoices
                                       (organization_id, id, payment_id, order_id, user_id, test, number, issued_at,
                                        seller, seller_address, seller_tax_id, notes, buyer, buyer_address,
                                        buyer_tax_id, title, quantity, discount, coupon, amount, tax, tax_terms,
                                        currency, paid_at)
                                select p.organization_id, :id, p.id, r.id, r.user_id, p.provider = 'test', :number,
                                       :now, d.name, d.address, d.tax_id, d.notes, :buyer, :address, :taxId, r.title,
                                       r.quantity, r.discount, k.code, p.amount, p.tax, r.tax_terms, p.currency,
                                       p.paid_at
                                  from payments p
                                  join orders r on r.organization_id = p.organization_id and r.id = p.order_id
                                  join billing_details d on d.organization_id = p.organization_id
                                  left join coupons k on k.organization_id = r.organization_id and k.id = r.coupon_id
                                 where p.organization_id = (select current_organization()) and p.id = :payment
                                """)
                        .param("id", fresh.id())
                        .param("number", fresh.number())
                        .param("now", fresh.now())
                        .param("buyer", fresh.to().name())
                        .param("address", fresh.to().address())
                        .param("taxId", fresh.to().taxId())
                        .param("payment", fresh.payment())
                        .update()
                == 1;
    }

    /** Those of an order, the oldest first, with what went back by now. */
    List<Invoice> of(UUID order) {
        return jdbc.sql(
                        """
                        select i.id, i.order_id, r.code, i.test, i.number, i.issued_at, i.seller, i.seller_address,
                               i.seller_tax_id, i.notes, i.buyer, i.buyer_address, i.buyer_tax_id, i.title,
                               i.quantity, i.discount, i.coupon, i.amount, i.tax, i.tax_terms, i.currency, i.paid_at,
                               least(i.amount, case when f.dispute = 'lost' then i.amount
                                                    else greatest(coalesce(f.refunded, 0), coalesce(b.done, 0)) end)
                                   as returned
                          from invoices i
                          join orders r on r.organization_id = i.organization_id and r.id = i.order_id
                          join payments p on p.organization_id = i.organization_id and p.id = i.payment_id
                          left join payment_facts f
                            on f.organization_id = p.organization_id and f.provider = p.provider
                           and f.reference = p.reference
                          left join lateral (
                                select sum(b.amount) as done from refunds b
                                 where b.organization_id = p.organization_id and b.payment_id = p.id
                                   and b.status = 'done') b on true
                         where i.organization_id = (select current_organization()) and i.order_id = :order
                         order by i.paid_at, i.number
                        """)
                .param("order", order)
                .query(InvoiceStore::invoice)
                .list();
    }

    private static Invoice invoice(ResultSet row, int number) throws SQLException {
        return new Invoice(
                row.getObject("id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getString("code"),
                row.getBoolean("test"),
                row.getLong("number"),
                row.getObject("issued_at", OffsetDateTime.class).toInstant(),
                party(row, "seller"),
                row.getString("notes"),
                party(row, "buyer"),
                row.getString("title"),
                row.getInt("quantity"),
                row.getLong("discount"),
                row.getString("coupon"),
                new Money(row.getLong("amount"), row.getString("currency")),
                row.getLong("tax"),
                Tax.of(row.getString("tax_terms")),
                row.getObject("paid_at", OffsetDateTime.class).toInstant(),
                row.getLong("returned"));
    }

    private static Invoice.Party party(ResultSet row, String who) throws SQLException {
        return new Invoice.Party(
                row.getString(who),
                row.getString(who + "_address"),
                row.getString(who + "_tax_id"));
    }
}
