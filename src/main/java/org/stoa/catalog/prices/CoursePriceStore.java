package org.stoa.catalog.prices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.shared.Money;
import tools.jackson.databind.json.JsonMapper;

/** What courses cost. */
@Repository
class CoursePriceStore {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    CoursePriceStore(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The first one in front; none where it is free. */
    List<Money> find(UUID course) {
        return jdbc.sql(
                        """
                        select jsonb_build_object('amount', amount, 'currency', currency) || others as prices
                          from course_prices
                         where organization_id = (select current_organization()) and course_id = :course
                        """)
                .param("course", course)
                .query(this::prices)
                .optional()
                .orElse(List.of());
    }

    /** The same by the course's address; empty where there is no such course. */
    Optional<List<Money>> find(String slug) {
        return jdbc.sql(
                        """
                        select coalesce(jsonb_build_object('amount', p.amount, 'currency', p.currency)
                                        || p.others, '[]') as prices
                          from courses c
                          left join course_prices p
                            on p.organization_id = c.organization_id and p.course_id = c.id
                         where c.organization_id = (select current_organization()) and c.slug = :slug
                        """)
                .param("slug", slug)
                .query(this::prices)
                .optional();
    }

    private List<Money> prices(ResultSet row, int number) throws SQLException {
        return List.of(json.readValue(row.getString("prices"), Money[].class));
    }

    void set(UUID course, List<Money> prices) {
        var first = prices.getFirst();
        jdbc.sql(
                        """
                        insert into course_prices (organization_id, course_id, amount, currency, others)
                        values (current_organization(), :course, :amount, :currency,
                                cast(:others as jsonb))
                        on conflict (organization_id, course_id) do update
                           set amount = excluded.amount, currency = excluded.currency,
                               others = excluded.others
                        """)
                .param("course", course)
                .param("amount", first.amount())
                .param("currency", first.currency())
                .param("others", json.writeValueAsString(prices.subList(1, prices.size())))
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
