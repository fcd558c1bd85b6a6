package org.stoa.commerce;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.shared.Money;

/** Money that came in, what became of it at the provider's, and what goes back. */
@Repository
class PaymentStore {
    private final JdbcClient jdbc;

    PaymentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A payment that came in.
     *
     * @param tax minor units of what came in
     */
    record Payment(
            UUID id, UUID order, String provider, String reference, Money amount, long tax) {}

    /**
     * Until the transaction ends, nothing else is noted of these payments: of a payment and of what
     * became of it, each told by its own event, whichever comes second sees the first. To be called
     * before any order is locked.
     */
    void alone(Collection<String> references) {
        jdbc.sql(
                        """
                        select pg_advisory_xact_lock(key)
                          from (select hashtextextended('payments ' || current_organization() || r, 0) as key
                                  from unnest(cast(:references as text[])) as t (r)
                                 order by 1) keys
                        """)
                .param("references", references.toArray(String[]::new))
                .query((row, number) -> number)
                .list();
    }

    /** False when it is known already. */
    boolean add(Payment payment, Instant at) {
        return jdbc.sql(
                                """
                                insert into payments
                                       (organization_id, id, order_id, provider, reference, amount, tax,
                                        currency, paid_at)
                                values (current_organization(), :id, :order, :provider, :reference, :amount,
                                        :tax, :currency, :at)
                                on conflict (organization_id, provider, reference) do nothing
                                """)
                        .param("id", payment.id())
                        .param("order", payment.order())
                        .param("provider", payment.provider())
                        .param("reference", payment.reference())
                        .param("amount", payment.amount().amount())
                        .param("tax", payment.tax())
                        .param("currency", payment.amount().currency())
                        .param("at", at)
                        .update()
                == 1;
    }

    /** That so much of a payment went back by now, in minor units; less is older news. */
    void refundedBy(String provider, String reference, long amount, Instant now) {
        jdbc.sql(
                        """
                        insert into payment_facts as f
                               (organization_id, provider, reference, refunded, known_at)
                        values (current_organization(), :provider, :reference, :amount, :now)
                        on conflict (organization_id, provider, reference) do update
                           set refunded = greatest(f.refunded, excluded.refunded), known_at = :now
                        """)
                .param("provider", provider)
                .param("reference", reference)
                .param("amount", amount)
                .param("now", now)
                .update();
    }

    /** How a dispute stands; one that is settled is not open again, whatever comes late. */
    void disputed(String provider, String reference, String dispute, Instant now) {
        jdbc.sql(
                        """
                        insert into payment_facts as f
                               (organization_id, provider, reference, dispute, known_at)
                        values (current_organization(), :provider, :reference, :dispute, :now)
                        on conflict (organization_id, provider, reference) do update
                           set dispute = case when f.dispute in ('won', 'lost') then f.dispute
                                              else excluded.dispute end,
                               known_at = :now
                        """)
                .param("provider", provider)
                .param("reference", reference)
                .param("dispute", dispute)
                .param("now", now)
                .update();
    }

    /** The order that a payment is for; empty where it is not known here, or not yet. */
    Optional<UUID> orderOf(String provider, String reference) {
        return jdbc.sql(
                        """
                        select order_id from payments
                         where organization_id = (select current_organization())
                           and provider = :provider and reference = :reference
                        """)
                .param("provider", provider)
                .param("reference", reference)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** Those of some payments that are known here. */
    Set<String> known(String provider, Collection<String> references) {
        return Set.copyOf(
                jdbc.sql(
                                """
                                select reference from payments
                                 where organization_id = (select current_organization())
                                   and provider = :provider and reference = any(:references)
                                """)
                        .param("provider", provider)
                        .param("references", references.toArray(String[]::new))
                        .query((row, number) -> row.getString(1))
                        .list());
    }

    /**
     * What came in for an order and what became of it.
     *
     * @param going what went back, and what is about to
     * @param dispute the worst: {@code lost} before {@code open} before none
     */
    record Sums(long paid, long returned, long going, @Nullable String dispute) {}

    Sums sums(UUID order) {
        return jdbc.sql(
                        """
                        select coalesce(sum(p.amount), 0) as paid,
                               coalesce(sum(greatest(coalesce(f.refunded, 0), coalesce(r.done, 0))), 0) as returned,
                               coalesce(sum(greatest(coalesce(f.refunded, 0), coalesce(r.gone, 0))), 0) as going,
                               case when bool_or(f.dispute = 'lost') then 'lost'
                                    when bool_or(f.dispute = 'open') then 'open' end as dispute
                          from payments p
                          left join payment_facts f
                            on f.organization_id = p.organization_id and f.provider = p.provider
                           and f.reference = p.reference
                          left join lateral (
                                select sum(r.amount) filter (where r.status = 'done') as done,
                                       sum(r.amount) filter (where r.status in ('asked', 'done')) as gone
                                  from refunds r
                                 where r.organization_id = p.organization_id and r.payment_id = p.id) r on true
                         where p.organization_id = (select current_organization())
                           and p.order_id = :order
                        """)
                .param("order", order)
                .query((row, number) ->
                        new Sums(
                                row.getLong("paid"),
                                row.getLong("returned"),
                                row.getLong("going"),
                                row.getString("dispute")))
                .single();
    }

    /**
     * The payments of an order that is paid more than once.
     *
     * @param kept how many did not go back whole
     * @param lastGone the latest of them did
     */
    record Course(int kept, boolean lastGone) {}

    Course course(UUID order) {
        return jdbc.sql(
                        """
                        select count(*) filter (where not gone) as kept,
                               coalesce((array_agg(gone order by paid_at desc, id desc))[1], false) as last_gone
                          from (select p.id, p.paid_at,
                                       greatest(coalesce(f.refunded, 0), coalesce(r.done, 0)) >= p.amount as gone
                                  from payments p
                                  left join payment_facts f
                                    on f.organization_id = p.organization_id and f.provider = p.provider
                                   and f.reference = p.reference
                                  left join lateral (
                                        select sum(r.amount) as done from refunds r
                                         where r.organization_id = p.organization_id
                                           and r.payment_id = p.id and r.status = 'done') r on true
                                 where p.organization_id = (select current_organization())
                                   and p.order_id = :order) each_of_them
                        """)
                .param("order", order)
                .query((row, number) -> new Course(row.getInt("kept"), row.getBoolean("last_gone")))
                .single();
    }

    /** What is left of each payment of an order, when everything that was asked for is gone. */
    List<Payment> left(UUID order) {
        return jdbc.sql(
                        """
                        select p.id, p.order_id, p.provider, p.reference, p.currency, p.tax,
                               p.amount - greatest(coalesce(f.refunded, 0), coalesce(r.gone, 0)) as amount
                          from payments p
                          left join payment_facts f
                            on f.organization_id = p.organization_id and f.provider = p.provider
                           and f.reference = p.reference
                          left join lateral (
                                select sum(r.amount) as gone from refunds r
                                 where r.organization_id = p.organization_id and r.payment_id = p.id
                                   and r.status in ('asked', 'done')) r on true
                         where p.organization_id = (select current_organization()) and p.order_id = :order
                           and p.amount > greatest(coalesce(f.refunded, 0), coalesce(r.gone, 0))
                         order by p.id
                        """)
                .param("order", order)
                .query((row, number) ->
                        new Payment(
                                row.getObject("id", UUID.class),
                                row.getObject("order_id", UUID.class),
                                row.getString("provider"),
                                row.getString("reference"),
                                new Money(row.getLong("amount"), row.getString("currency")),
                                row.getLong("tax")))
                .list();
    }

    /**
     * Money that is to go back.
     *
     * @param by who said so; null where it goes back by itself
     */
    record Refund(UUID id, UUID payment, long amount, String reason, @Nullable UUID by) {}

    void ask(Refund refund, Instant now) {
        jdbc.sql(
                        """
                        insert into refunds
                               (organization_id, id, payment_id, amount, reason, status, asked_by, created_at)
                        values (current_organization(), :id, :payment, :amount, :reason, 'asked',
                                cast(:by as uuid), :now)
                        """)
                .param("id", refund.id())
                .param("payment", refund.payment())
                .param("amount", refund.amount())
                .param("reason", refund.reason())
                .param("by", refund.by() == null ? null : refund.by().toString())
                .param("now", now)
                .update();
    }

    /** Sets aside the refunds of an order that were refused; says how much they came to. */
    long again(UUID order) {
        return jdbc.sql(
                        """
                        with anew as (
                            update refunds b set status = 'again'
                              from payments p
                             where b.organization_id = (select current_organization())
                               and p.organization_id = b.organization_id and p.id = b.payment_id
                               and p.order_id = :order and b.status = 'failed'
                            returning b.amount
                        )
                        select coalesce(sum(amount), 0) from anew
                        """)
                .param("order", order)
                .query((row, number) -> row.getLong(1))
                .single();
    }

    /** A refund that has not gone yet, with its payment; empty when it has, or failed. */
    Optional<PaymentProvider.Giving> asked(UUID refund) {
        return jdbc.sql(
                        """
                        select r.id, p.order_id, p.reference, r.amount, p.currency
                          from refunds r
                          join payments p on p.organization_id = r.organization_id and p.id = r.payment_id
                         where r.organization_id = (select current_organization())
                           and r.id = :refund and r.status = 'asked'
                        """)
                .param("refund", refund)
                .query((row, number) ->
                        new PaymentProvider.Giving(
                                row.getObject("id", UUID.class),
                                row.getObject("order_id", UUID.class),
                                row.getString("reference"),
                                new Money(row.getLong("amount"), row.getString("currency"))))
                .optional();
    }

    /**
     * What came of it.
     *
     * @param reference the provider's name of it; null where it failed
     */
    void ended(UUID refund, @Nullable String reference, Instant now) {
        jdbc.sql(
                        """
                        update refunds
                           set status = case when cast(:reference as text) is null then 'failed' else 'done' end,
                               reference = :reference, done_at = :now
                         where organization_id = (select current_organization())
                           and id = :refund and status = 'asked'
                        """)
                .param("refund", refund)
                .param("reference", reference, java.sql.Types.VARCHAR)
                .param("now", now)
                .update();
    }
}
