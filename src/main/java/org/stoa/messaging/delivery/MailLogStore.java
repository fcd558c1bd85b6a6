package org.stoa.messaging.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Rows;

/** Reads what became of mail, as the caller may see it. */
@Repository
class MailLogStore {
    private final JdbcClient jdbc;

    MailLogStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A mail whose worker is long past its time is broken off, whatever became of its job. */
    private static final String STATUS =
            """
            case when m.status = 'sending' and m.claimed_until < :now then 'broken-off'
                 else m.status end
            """;

    List<MailLog.Line> latest(String status, int most, Instant now) {
        return jdbc.sql(
                        """
                        select m.id, m.kind, m.recipient, s.status, m.attempts, m.answer, m.created_at
                          from mails m
                          cross join lateral (select %s as status) s
                         where m.organization_id = (select current_organization())
                           and (:status = '' or s.status = :status)
                         order by m.created_at desc, m.id
                         limit :most
                        """
                                .formatted(STATUS))
                .param("now", DeliveryStore.at(now))
                .param("status", status)
                .param("most", most)
                .query(MailLogStore::line)
                .list();
    }

    /** In one statement, a line for each attempt. */
    Optional<MailLog.Whole> whole(UUID mail, Instant now) {
        var attempts = new ArrayList<MailLog.Attempt>();
        return jdbc
                .sql(
                        """
                        select m.id, m.kind, m.recipient, %s as status, m.attempts, m.answer,
                               m.created_at,
                               m.subject, m.body_text, m.body_html, a.number, a.begun_at, a.ended_at,
                               coalesce(a.outcome, '') as outcome, coalesce(a.answer, '') as said
                          from mails m
                          left join mail_attempts a
                                 on a.organization_id = m.organization_id and a.mail_id = m.id
                         where m.organization_id = (select current_organization()) and m.id = :id
                         order by a.number desc
                         limit 200
                        """
                                .formatted(STATUS))
                .param("now", DeliveryStore.at(now))
                .param("id", mail)
                .query((row, number) -> {
                    if (row.getObject("number") != null) {
                        attempts.add(attempt(row));
                    }
                    return new MailLog.Whole(
                            line(row, number),
                            row.getString("subject"),
                            row.getString("body_text"),
                            row.getString("body_html"),
                            attempts);
                })
                .list()
                .stream()
                .findFirst();
    }

    private static MailLog.Attempt attempt(ResultSet row) throws SQLException {
        return new MailLog.Attempt(
                row.getInt("number"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                Rows.instant(row, "ended_at"),
                row.getString("outcome"),
                row.getString("said"));
    }

    private static MailLog.Line line(ResultSet row, int number) throws SQLException {
        return new MailLog.Line(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("recipient"),
                row.getString("status"),
                row.getInt("attempts"),
                row.getString("answer"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
