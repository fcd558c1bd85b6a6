package org.stoa.catalog.prices;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.shared.Money;
import org.stoa.tenancy.Rows;

/** What courses cost. */
@Repository
class CoursePriceStore {
    private final JdbcClient jdbc;

    CoursePriceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Money> find(UUID course) {
        return jdbc.sql(
                        """
                        select amount, currency from course_prices
                         where organization_id = (select current_organization()) and course_id = :course
                        """)
                .param("course", course)
                .query((row, number) -> new Money(row.getLong("amount"), row.getString("currency")))
                .optional();
    }

    /** The same by the course's address; empty where there is no such course. */
    Optional<Optional<Money>> find(String slug) {
        return jdbc.sql(
                        """
                        select p.amount, p.currency
                          from courses c
                          left join course_prices p
                            on p.organization_id = c.organization_id and p.course_id = c.id
                         where c.organization_id = (select current_organization()) and c.slug = :slug
                        """)
                .param("slug", slug)
                .query((row, number) -> Optional.ofNullable(Rows.money(row)))
                .optional();
    }

    void set(UUID course, Money price) {
        jdbc.sql(
                        """
                        insert into course_prices (organization_id, course_id, amount, currency)
                        values (current_organization(), :course, :amount, :currency)
                        on conflict (organization_id, course_id) do update
                           set amount = excluded.amount, currency = excluded.currency
                        """)
                .param("course", course)
                .param("amount", price.amount())
                .param("currency", price.currency())
                .update();
    }

    void remove(UUID course) {
        jdbc.sql(
                        """
                        delete from course_prices
                         where organization_id = (select current_organization()) and course_id = :course
                        """)
                .param("course", course)
                .update();
    }
}
