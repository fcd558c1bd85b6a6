package org.stoa.commerce;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.shared.Money;

/** What can be bought. */
@Repository
class OfferStore {
    private final JdbcClient jdbc;

    OfferStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The offer of a course by itself, once, for these prices and no others. */
    void sell(UUID offer, UUID course, List<Money> prices, Instant now) {
        jdbc.sql(
                        """
                        with offered as (
                            insert into offers
                                   (organization_id, id, title, kind, course_id, created_at)
                            select organization_id, :offer, left(title, 200), 'once', id, :now
                              from courses
                             where organization_id = (select current_organization()) and id = :course
                            on conflict (organization_id, course_id) do update set active = true
                            returning organization_id, id
                        ), held as (
                            insert into offer_courses (organization_id, offer_id, course_id)
                            select organization_id, id, :course from offered
                            on conflict do nothing
                        ), other as (
                            delete from offer_prices p
                             using offered o
                             where p.organization_id = o.organization_id and p.offer_id = o.id
                               and p.currency <> all(cast(:currencies as text[]))
                        )
                        insert into offer_prices (organization_id, offer_id, currency, amount, position)
                        select o.organization_id, o.id, p.currency, p.amount, p.position
                          from offered o,
                               unnest(cast(:currencies as text[]), cast(:amounts as bigint[]))
                                      with ordinality as p (currency, amount, position)
                        on conflict (organization_id, offer_id, currency) do update
                           set amount = excluded.amount, position = excluded.position
                        """)
                .param("offer", offer)
                .param("course", course)
                .param("currencies", prices.stream().map(Money::currency).toArray(String[]::new))
                .param("amounts", prices.stream().map(Money::amount).toArray(Long[]::new))
                .param("now", now)
                .update();
    }

    /** The offer of a course by itself; empty where it is not sold. */
    Optional<UUID> ofCourse(UUID course) {
        return jdbc.sql(
                        """
                        select id from offers
                         where organization_id = (select current_organization())
                           and course_id = :course and active
                        """)
                .param("course", course)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    /**
     * What one of an offer costs.
     *
     * @param recurs it is paid more than once
     */
    record Unit(Money price, boolean recurs) {}

    /**
     * What one of an offer costs now.
     *
     * @param currency null for its first
     * @return empty where it is not sold, or not in that
     */
    Optional<Unit> unit(UUID offer, @Nullable String currency) {
        return jdbc.sql(
                        """
                        select p.amount, p.currency, o.kind <> 'once' as recurs
                          from offers o
                          join offer_prices p on p.organization_id = o.organization_id and p.offer_id = o.id
                         where o.organization_id = (select current_organization())
                           and o.id = :offer and o.active
                           and (cast(:currency as text) is null or p.currency = :currency)
                         order by p.position, p.currency
                         limit 1
                        """)
                .param("offer", offer)
                .param("currency", currency, Types.VARCHAR)
                .query((row, number) ->
                        new Unit(
                                new Money(row.getLong("amount"), row.getString("currency")),
                                row.getBoolean("recurs")))
                .optional();
    }

    void withdraw(UUID course) {
        jdbc.sql(
                        """
                        update offers set active = false
                         where organization_id = (select current_organization()) and course_id = :course
                        """)
                .param("course", course)
                .update();
    }
}
