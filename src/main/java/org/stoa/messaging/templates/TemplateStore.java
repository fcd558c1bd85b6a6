package org.stoa.messaging.templates;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.messaging.MailKind;

/** The templates that a school has written for itself, and where answers to its mail go. */
@Repository
class TemplateStore {
    private final JdbcClient jdbc;

    TemplateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<MailTemplate> find(MailKind kind, String language) {
        return jdbc.sql(
                        """
                        select subject, body from mail_templates
                         where organization_id = (select current_organization())
                           and kind = :kind and language = :language
                        """)
                .param("kind", kind.word())
                .param("language", language)
                .query((row, number) -> new MailTemplate(row.getString(1), row.getString(2)))
                .optional();
    }

    /** The kinds that have one in a language. */
    Set<String> kinds(String language) {
        return jdbc.sql(
                        """
                        select kind from mail_templates
                         where organization_id = (select current_organization())
                           and language = :language
                        """)
                .param("language", language)
                .query((row, number) -> row.getString(1))
                .set();
    }

    void keep(MailKind kind, String language, MailTemplate template, Instant now) {
        jdbc.sql(
                        """
                        insert into mail_templates (organization_id, kind, language, subject, body,
                                                    changed_by, changed_at)
                        values (current_organization(), :kind, :language, :subject, :body,
                                current_person(), :now)
                        on conflict (organization_id, kind, language) do update
                           set subject = excluded.subject, body = excluded.body,
                               changed_by = excluded.changed_by, changed_at = excluded.changed_at
                        """)
                .param("kind", kind.word())
                .param("language", language)
                .param("subject", template.subject())
                .param("body", template.body())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    void forget(MailKind kind, String language) {
        jdbc.sql(
                        """
                        delete from mail_templates
                         where organization_id = (select current_organization())
                           and kind = :kind and language = :language
                        """)
                .param("kind", kind.word())
                .param("language", language)
                .update();
    }

    String replyTo() {
        return jdbc.sql(
                        """
                        select reply_to from mail_manners
                         where organization_id = (select current_organization())
                        """)
                .query((row, number) -> row.getString(1))
                .optional()
                .orElse("");
    }

    void answersGoTo(String email) {
        jdbc.sql(
                        """
                        insert into mail_manners (organization_id, reply_to)
                        values (current_organization(), :email)
                        on conflict (organization_id) do update set reply_to = excluded.reply_to
                        """)
                .param("email", email)
                .update();
    }
}
