package org.stoa.commerce.testcheckout;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a provider outside would know of its checkouts. */
@Repository
class TestCheckoutStore {
    private final JdbcClient jdbc;

    TestCheckoutStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param state {@code open}, {@code awaiting}, {@code paid} or {@code expired}
     */
    record Row(String state, Instant endsAt, @Nullable Instant paidAt) {}

    void open(UUID order, Instant endsAt) {
        jdbc.sql(
                        """
                        insert into test_checkouts (organization_id, order_id, ends_at)
                        values (current_organization(), :order, :ends)
                        on conflict do nothing
                        """)
                .param("order", order)
                .param("ends", endsAt)
                .update();
    }

    Optional<Row> find(UUID order) {
        return jdbc.sql(
                        """
                        select state, ends_at, paid_at from test_checkouts
                         where organization_id = (select current_organization()) and order_id = :order
                        """)
                .param("order", order)
                .query((row, number) -> {
                    var paid = row.getObject("paid_at", OffsetDateTime.class);
                    return new Row(
                            row.getString("state"),
                            row.getObject("ends_at", OffsetDateTime.class).toInstant(),
                            paid == null ? null : paid.toInstant());
                })
                .optional();
    }

    /**
     * From one of the states that may become it; a checkout is paid once, and not when it ended.
     */
    void become(UUID order, String state, Instant now) {
        jdbc.sql(
                        """
                        update test_checkouts
                           set state = :state, paid_at = case when :state = 'paid' then cast(:now as timestamptz) end
                         where organization_id = (select current_organization()) and order_id = :order
                           and (state = 'open' and (ends_at > :now or :state = 'expired')
                                or state = 'awaiting' and :state in ('paid', 'expired'))
                        """)
                .param("order", order)
                .param("state", state)
                .param("now", now)
                .update();
    }
}
