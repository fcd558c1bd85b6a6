package org.stoa.commerce.others;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.Terms;

/** Orders for others, and their courses. */
@Repository
class BoughtStore {
    private static final String BOUGHT =
            """
            select r.id, r.code, r.title, c.slug, r.user_id, coalesce(u.name, '') as buyer,
                   coalesce(u.email, '') as email, r.buys, r.status
              from orders r
              join offers o on o.organization_id = r.organization_id and o.id = r.offer_id
              left join courses c on c.organization_id = o.organization_id and c.id = o.course_id
              left join users u on u.id = r.user_id
             where r.organization_id = (select current_organization()) and r.id = :id
            """;

    private final JdbcClient jdbc;

    BoughtStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Bought> find(UUID id) {
        return jdbc.sql(BOUGHT).param("id", id).query(BoughtStore::bought).optional();
    }

    /** Until the transaction ends, nothing else happens to the order or to what it bought. */
    Optional<Bought> lock(UUID id) {
        return jdbc.sql(BOUGHT + " for update of r")
                .param("id", id)
                .query(BoughtStore::bought)
                .optional();
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

    /** The title of a course of the order in which every place is taken. */
    Optional<String> full(UUID order) {
        return jdbc.sql(
                        """
                        select c.title
                          from order_courses b
                          join courses c on c.organization_id = b.organization_id and c.id = b.course_id
                          join course_seats s on s.organization_id = b.organization_id and s.course_id = b.course_id
                         where b.organization_id = (select current_organization())
                           and b.order_id = :order and s.taken >= s.capacity
                         order by c.title limit 1
                        """)
                .param("order", order)
                .query((row, number) -> row.getString(1))
                .optional();
    }

    /** Whether somebody has access to all of the order's courses. */
    boolean hasAll(UUID order, UUID person, Instant now) {
        return jdbc.sql(
                        """
                        select not exists (
                            select from order_courses b
                             where b.organization_id = (select current_organization())
                               and b.order_id = :order
                               and not exists (
                                   select from access_grants g
                                    where g.organization_id = b.organization_id
                                      and g.user_id = :person and g.course_id = b.course_id
                                      and (g.ends_at is null or g.ends_at > :now)))
                        """)
                .param("order", order)
                .param("person", person)
                .param("now", now)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    private static Bought bought(ResultSet row, int number) throws SQLException {
        return new Bought(
                row.getObject("id", UUID.class),
                row.getString("code"),
                row.getString("title"),
                row.getString("slug"),
                row.getObject("user_id", UUID.class),
                row.getString("buyer"),
                row.getString("email"),
                Terms.Buys.of(row.getString("buys")),
                OrderStatus.of(row.getString("status")));
    }
}
