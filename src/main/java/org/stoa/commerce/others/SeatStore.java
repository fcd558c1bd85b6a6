package org.stoa.commerce.others;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Rows;

/** The seats of teams. */
@Repository
class SeatStore {
    private static final String SEAT =
            """
            select s.id, s.order_id, s.email, s.user_id, coalesce(u.name, '') as name, s.invited_at,
                   s.taken_at, s.ended_at is not null as ended
              from team_seats s
              left join users u on u.id = s.user_id
             where s.organization_id = (select current_organization())
            """;

    private final JdbcClient jdbc;

    SeatStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Seat> of(UUID order) {
        return jdbc.sql(SEAT + " and s.order_id = :order order by s.id")
                .param("order", order)
                .query(SeatStore::seat)
                .list();
    }

    Optional<Seat> find(UUID seat) {
        return jdbc.sql(SEAT + " and s.id = :seat")
                .param("seat", seat)
                .query(SeatStore::seat)
                .optional();
    }

    /** Those that members of the school have. */
    List<Seat> taken(UUID order) {
        return jdbc.sql(
                        SEAT
                                + """
                                   and s.order_id = :order
                                   and exists (select from organization_memberships m
                                                where m.organization_id = s.organization_id
                                                  and m.user_id = s.user_id and m.status = 'active')
                                 order by s.id
                                """)
                .param("order", order)
                .query(SeatStore::seat)
                .list();
    }

    /** When what comes of the order's seats ends; null for never. */
    @Nullable Instant until(UUID order) {
        return jdbc.sql(
                        """
                        select max(access_until) as until from team_seats
                         where organization_id = (select current_organization()) and order_id = :order
                        """)
                .param("order", order)
                .query((row, number) -> Optional.ofNullable(Rows.instant(row, "until")))
                .single()
                .orElse(null);
    }

    void add(UUID order, List<UUID> ids) {
        jdbc.sql(
                        """
                        insert into team_seats (organization_id, id, order_id)
                        select current_organization(), id, :order
                          from unnest(cast(:ids as uuid[])) id
                        """)
                .param("order", order)
                .param("ids", ids.toArray(UUID[]::new))
                .update();
    }

    /** They hold again, or still, until then. */
    void open(UUID order, @Nullable Instant until) {
        jdbc.sql(
                        """
                        update team_seats
                           set ended_at = null, access_until = :until
                         where organization_id = (select current_organization()) and order_id = :order
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
                        update team_seats
                           set ended_at = coalesce(ended_at, :now)
                         where organization_id = (select current_organization()) and order_id = :order
                        """)
                .param("order", order)
                .param("now", now)
                .update();
    }

    void offer(UUID seat, String email, Instant now) {
        jdbc.sql(
                        """
                        update team_seats
                           set email = :email, invited_at = :now, user_id = null, taken_at = null
                         where organization_id = (select current_organization()) and id = :seat
                        """)
                .param("seat", seat)
                .param("email", email)
                .param("now", now)
                .update();
    }

    void take(UUID seat, UUID person, Instant now) {
        jdbc.sql(
                        """
                        update team_seats
                           set user_id = :person, taken_at = :now
                         where organization_id = (select current_organization()) and id = :seat
                        """)
                .param("seat", seat)
                .param("person", person)
                .param("now", now)
                .update();
    }

    void free(UUID seat) {
        jdbc.sql(
                        """
                        update team_seats
                           set email = null, invited_at = null, user_id = null, taken_at = null
                         where organization_id = (select current_organization()) and id = :seat
                        """)
                .param("seat", seat)
                .update();
    }

    /** Whether a seat of the order is somebody's, or offered to them, by their address. */
    boolean known(UUID order, String email) {
        return jdbc.sql(
                        """
                        select exists (
                            select from team_seats s
                              left join users u on u.id = s.user_id
                             where s.organization_id = (select current_organization())
                               and s.order_id = :order and (s.email = :email or u.email = :email))
                        """)
                .param("order", order)
                .param("email", email)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    private static Seat seat(ResultSet row, int number) throws SQLException {
        return new Seat(
                row.getObject("id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getString("email"),
                row.getObject("user_id", UUID.class),
                row.getString("name"),
                Rows.instant(row, "invited_at"),
                Rows.instant(row, "taken_at"),
                row.getBoolean("ended"));
    }
}
