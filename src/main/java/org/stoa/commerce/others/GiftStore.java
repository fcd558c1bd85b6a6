package org.stoa.commerce.others;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Rows;

/** Gifts: to whom each goes, and who took it. */
@Repository
class GiftStore {
    private final JdbcClient jdbc;

    GiftStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Gift> find(UUID order) {
        return jdbc.sql(
                        """
                        select g.order_id, g.email, g.words, g.sent_at, g.user_id,
                               coalesce(u.name, '') as name, g.taken_at, g.access_until,
                               g.ended_at is not null as ended
                          from gifts g
                          left join users u on u.id = g.user_id
                         where g.organization_id = (select current_organization()) and g.id = :order
                        """)
                .param("order", order)
                .query(GiftStore::gift)
                .optional();
    }

    /** Whether who took it is a member of the school. */
    boolean takenByMember(UUID order) {
        return jdbc.sql(
                        """
                        select exists (
                            select from gifts g
                              join organization_memberships m
                                on m.organization_id = g.organization_id and m.user_id = g.user_id
                             where g.organization_id = (select current_organization())
                               and g.id = :order and m.status = 'active')
                        """)
                .param("order", order)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** A gift that is offered to nobody yet. */
    void add(UUID order, Instant now) {
        jdbc.sql(
                        """
                        insert into gifts (organization_id, id, order_id, sent_at)
                        values (current_organization(), :order, :order, :now)
                        on conflict do nothing
                        """)
                .param("order", order)
                .param("now", now)
                .update();
    }

    /** It holds again, or still, until then. */
    void open(UUID order, @Nullable Instant until) {
        jdbc.sql(
                        """
                        update gifts set ended_at = null, access_until = :until
                         where organization_id = (select current_organization()) and id = :order
                        """)
                .param("order", order)
                .param(
                        "until",
                        until == null ? null : until.atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    void end(UUID order, Instant now) {
        jdbc.sql(
                        """
                        update gifts set ended_at = coalesce(ended_at, :now)
                         where organization_id = (select current_organization()) and id = :order
                        """)
                .param("order", order)
                .param("now", now)
                .update();
    }

    void offer(UUID order, @Nullable String email, String words, Instant now) {
        jdbc.sql(
                        """
                        update gifts set email = :email, words = :words, sent_at = :now
                         where organization_id = (select current_organization()) and id = :order
                        """)
                .param("order", order)
                .param("email", email, Types.VARCHAR)
                .param("words", words)
                .param("now", now)
                .update();
    }

    void take(UUID order, UUID person, Instant now) {
        jdbc.sql(
                        """
                        update gifts set user_id = :person, taken_at = :now
                         where organization_id = (select current_organization()) and id = :order
                        """)
                .param("order", order)
                .param("person", person)
                .param("now", now)
                .update();
    }

    private static Gift gift(ResultSet row, int number) throws SQLException {
        return new Gift(
                row.getObject("order_id", UUID.class),
                row.getString("email"),
                row.getString("words"),
                row.getObject("sent_at", OffsetDateTime.class).toInstant(),
                row.getObject("user_id", UUID.class),
                row.getString("name"),
                Rows.instant(row, "taken_at"),
                Rows.instant(row, "access_until"),
                row.getBoolean("ended"));
    }
}
