package org.stoa.messaging.preferences;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.ServiceDatabase;

/**
 * What people want. Ending a kind of mail by its link happens as the service role: who follows it
 * is nobody.
 */
@Repository
class PreferenceStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    PreferenceStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    /**
     * All that decides whether a mail goes now.
     *
     * @param own the person's hours; null where they leave it to the school
     * @param zone of the person; empty for the school's
     * @param trouble what is known of the address; empty for nothing
     */
    record Known(
            Set<String> unwanted,
            @Nullable QuietHours own,
            @Nullable QuietHours ofSchool,
            String zone,
            String trouble) {}

    Known known(@Nullable UUID person, String email) {
        return jdbc.sql(
                        """
                        select coalesce(p.unwanted, '{}') as unwanted, p.quiet_from, p.quiet_until,
                               m.quiet_from as school_from, m.quiet_until as school_until,
                               coalesce(p.time_zone, '') as time_zone,
                               coalesce(t.trouble, '') as trouble
                          from (select current_organization() as id) o
                          left join message_preferences p
                                 on p.organization_id = o.id and p.user_id = cast(:person as uuid)
                          left join mail_manners m on m.organization_id = o.id
                          left join mail_troubles t
                                 on t.organization_id = o.id and t.email = lower(:email)
                        """)
                .param("person", person, Types.OTHER)
                .param("email", email)
                .query((row, number) ->
                        new Known(
                                Set.of((String[]) row.getArray("unwanted").getArray()),
                                hours(row, "quiet_from", "quiet_until"),
                                hours(row, "school_from", "school_until"),
                                row.getString("time_zone"),
                                row.getString("trouble")))
                .single();
    }

    private static @Nullable QuietHours hours(ResultSet row, String from, String until)
            throws SQLException {
        var begin = row.getObject(from, Integer.class);
        var end = row.getObject(until, Integer.class);
        return begin == null || end == null ? null : new QuietHours(begin, end);
    }

    void keep(UUID person, List<String> unwanted, @Nullable QuietHours hours, String zone) {
        jdbc.sql(
                        """
                        insert into message_preferences
                               (organization_id, user_id, unwanted, quiet_from, quiet_until, time_zone)
                        values (current_organization(), :person, :unwanted,
                                cast(:from as int), cast(:until as int), :zone)
                        on conflict (organization_id, user_id) do update
                           set unwanted = excluded.unwanted, quiet_from = excluded.quiet_from,
                               quiet_until = excluded.quiet_until, time_zone = excluded.time_zone
                        """)
                .param("person", person)
                .param("unwanted", unwanted.toArray(String[]::new))
                .param("from", hours == null ? null : hours.from(), Types.INTEGER)
                .param("until", hours == null ? null : hours.until(), Types.INTEGER)
                .param("zone", zone)
                .update();
    }

    void schoolHours(@Nullable QuietHours hours) {
        jdbc.sql(
                        """
                        insert into mail_manners (organization_id, quiet_from, quiet_until)
                        values (current_organization(), cast(:from as int), cast(:until as int))
                        on conflict (organization_id) do update
                           set quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until
                        """)
                .param("from", hours == null ? null : hours.from(), Types.INTEGER)
                .param("until", hours == null ? null : hours.until(), Types.INTEGER)
                .update();
    }

    void addEnding(String hash, UUID person, String kind, Instant now) {
        jdbc.sql(
                        """
                        insert into mail_endings (organization_id, token_hash, person_id, kind, made_at)
                        values (current_organization(), :hash, :person, :kind, :now)
                        """)
                .param("hash", hash)
                .param("person", person)
                .param("kind", kind)
                .param("now", at(now))
                .update();
    }

    /** Whose mail of which kind a link ends. */
    record Ending(UUID person, String kind) {}

    Optional<Ending> ending(UUID school, String hash) {
        return service.sql(
                        """
                        select person_id, kind from mail_endings
                         where organization_id = :school and token_hash = :hash
                        """)
                .param("school", school)
                .param("hash", hash)
                .query((row, number) -> new Ending(row.getObject(1, UUID.class), row.getString(2)))
                .optional();
    }

    void end(UUID school, Ending ending) {
        service.sql(
                        """
                        insert into message_preferences as p (organization_id, user_id, unwanted)
                        values (:school, :person, array[:kind])
                        on conflict (organization_id, user_id) do update
                           set unwanted = p.unwanted || excluded.unwanted
                         where not p.unwanted @> excluded.unwanted
                        """)
                .param("school", school)
                .param("person", ending.person())
                .param("kind", ending.kind())
                .update();
    }

    /** The latest counts. */
    void trouble(String email, String trouble, String words, Instant now) {
        jdbc.sql(
                        """
                        insert into mail_troubles (organization_id, email, trouble, words, since)
                        values (current_organization(), lower(:email), :trouble, :words, :now)
                        on conflict (organization_id, email) do update
                           set trouble = excluded.trouble, words = excluded.words,
                               since = excluded.since
                        """)
                .param("email", email)
                .param("trouble", trouble)
                .param("words", words)
                .param("now", at(now))
                .update();
    }

    /** Of a mail that was sent by any school; false when there is none. */
    boolean report(UUID mail, String trouble, String words, Instant now) {
        return service.sql(
                                """
                                with told as (
                                    update mails set status = :trouble, answer = :words
                                     where id = :mail and status in ('sent', 'bounced', 'complained')
                                    returning organization_id, recipient)
                                insert into mail_troubles (organization_id, email, trouble, words, since)
                                select organization_id, lower(recipient), :trouble, :words, :now from told
                                on conflict (organization_id, email) do update
                                   set trouble = excluded.trouble, words = excluded.words,
                                       since = excluded.since
                                """)
                        .param("trouble", trouble)
                        .param("words", words)
                        .param("mail", mail)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
