package org.stoa.messaging.delivery;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.messaging.Mail;
import org.stoa.tenancy.ServiceDatabase;
import tools.jackson.databind.json.JsonMapper;

/** What is to be sent and what became of it, as the school's office. */
@Repository
class DeliveryStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;
    private final JsonMapper json;

    DeliveryStore(JdbcClient jdbc, ServiceDatabase service, JsonMapper json) {
        this.jdbc = jdbc;
        this.service = service;
        this.json = json;
    }

    /** Nothing where there is one about the same thing already. */
    void keep(Mail mail, String recipient, @Nullable UUID job, Instant now) {
        jdbc.sql(
                        """
                        insert into mails (organization_id, id, kind, person_id, recipient, about,
                                           status, payload, job_id, created_at)
                        values (current_organization(), :id, :kind, cast(:person as uuid), :recipient,
                                :about, 'waiting', cast(:payload as jsonb), cast(:job as uuid), :now)
                        on conflict do nothing
                        """)
                .param("id", mail.id())
                .param("kind", mail.kind().word())
                .param("person", mail.person(), Types.OTHER)
                .param("recipient", recipient)
                .param("about", mail.about())
                .param("payload", json.writeValueAsString(mail))
                .param("job", job, Types.OTHER)
                .param("now", at(now))
                .update();
    }

    /** Lets a mail wait for a time; false when it does already, or has ended. */
    boolean hold(UUID mail, Instant until) {
        return jdbc.sql(
                                """
                                update mails set status = 'held', due_at = :until
                                 where organization_id = (select current_organization()) and id = :id
                                   and status = 'waiting'
                                """)
                        .param("until", at(until))
                        .param("id", mail)
                        .update()
                == 1;
    }

    /** Ends a mail that is not to be sent. */
    void leave(UUID mail, String status, String words, Instant now) {
        jdbc.sql(
                        """
                        update mails set status = :status, answer = :words, ended_at = :now
                         where organization_id = (select current_organization()) and id = :id
                           and status in ('waiting', 'held', 'refused')
                        """)
                .param("status", status)
                .param("words", words)
                .param("now", at(now))
                .param("id", mail)
                .update();
    }

    /** Says which job carries a mail from now on. */
    void carriedBy(UUID mail, UUID job) {
        jdbc.sql(
                        """
                        update mails set job_id = :job
                         where organization_id = (select current_organization()) and id = :id
                        """)
                .param("job", job)
                .param("id", mail)
                .update();
    }

    /** Ends the mail whose job was taken back, in whichever school. */
    void broken(UUID job, Instant now) {
        service.sql(
                        """
                        update mails
                           set status = 'broken-off', ended_at = :now,
                               answer = case when status = 'sending'
                                             then 'Its job was taken back while it was being sent'
                                             else 'Its job was taken back' end
                         where job_id = :job and status in ('waiting', 'held', 'sending')
                        """)
                .param("job", job)
                .param("now", at(now))
                .update();
    }

    /**
     * Takes the mail for one attempt, and writes the attempt down; empty when it has ended, or when
     * another has it and is not past its time. One that was refused is taken too: its job is dead,
     * and runs only where somebody replays it.
     *
     * @param job that carries it; null outside of any
     */
    Optional<Integer> claim(UUID mail, @Nullable UUID job, Instant now, Instant until) {
        return jdbc.sql(
                        """
                        with claimed as (
                            update mails
                               set status = 'sending', attempts = attempts + 1,
                                   claimed_until = :until, ended_at = null,
                                   job_id = coalesce(cast(:job as uuid), job_id)
                             where organization_id = (select current_organization()) and id = :id
                               and (status in ('waiting', 'refused') or (status = 'held' and due_at <= :now)
                                    or (status = 'sending' and claimed_until < :now))
                            returning organization_id, id, attempts)
                        insert into mail_attempts (organization_id, mail_id, number, begun_at)
                        select organization_id, id, attempts, :now from claimed
                        returning number
                        """)
                .param("id", mail)
                .param("job", job, Types.OTHER)
                .param("now", at(now))
                .param("until", at(until))
                .query((row, number) -> row.getInt(1))
                .optional();
    }

    boolean underWay(UUID mail) {
        return jdbc.sql(
                        """
                        select exists (select from mails
                                        where organization_id = (select current_organization())
                                          and id = :id and status = 'sending')
                        """)
                .param("id", mail)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** Whoever lost the mail to another meanwhile ends only the attempt. */
    void end(UUID mail, int attempt, Deliveries.Ended ended, Instant now) {
        var outcome = ended.outcome();
        var shown = ended.shown();
        jdbc.sql(
                        """
                        with ended as (
                            update mail_attempts
                               set ended_at = :now, outcome = :outcome, answer = :answer
                             where organization_id = (select current_organization())
                               and mail_id = :id and number = :attempt)
                        update mails
                           set status = :status, answer = :answer,
                               recipient = coalesce(cast(:to as text), recipient), subject = :subject,
                               body_text = :text, body_html = :html,
                               ended_at = case when :status = 'waiting' then null
                                               else cast(:now as timestamptz) end
                         where organization_id = (select current_organization())
                           and id = :id and attempts = :attempt and status = 'sending'
                        """)
                .param("now", at(now))
                .param("outcome", outcome.word())
                .param("answer", ended.answer())
                .param("to", ended.to(), Types.VARCHAR)
                .param("status", ended.status())
                .param("subject", shown == null ? "" : shown.subject())
                .param("text", shown == null ? null : shown.text(), Types.VARCHAR)
                .param("html", shown == null ? null : shown.html(), Types.VARCHAR)
                .param("id", mail)
                .param("attempt", attempt)
                .update();
    }

    /** A mail that waits again, and the job that carried it before. */
    record Again(Mail mail, @Nullable UUID job) {}

    /** Makes a mail one that waits again; empty when it is not one to be sent once more. */
    Optional<Again> again(UUID mail, Instant now) {
        return jdbc.sql(
                        """
                        update mails set status = 'waiting', ended_at = null
                         where organization_id = (select current_organization()) and id = :id
                           and (status in ('waiting', 'refused', 'broken-off', 'unconfirmed')
                                or (status = 'sending' and claimed_until < :now))
                        returning payload, job_id
                        """)
                .param("id", mail)
                .param("now", at(now))
                .query((row, number) ->
                        new Again(
                                json.readValue(row.getString(1), Mail.class),
                                row.getObject(2, UUID.class)))
                .optional();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
