package org.stoa.identity.addresses;

import static org.stoa.shared.Words.say;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.stoa.shared.Language;
import org.stoa.shared.Problem;
import org.stoa.tenancy.ServiceDatabase;

/** Addresses and the links sent to them, as the service role: who follows one is nobody yet. */
@Repository
class AddressStore {
    private final ServiceDatabase service;

    AddressStore(ServiceDatabase service) {
        this.service = service;
    }

    <T extends @Nullable Object> T together(Supplier<T> work) {
        return service.inTransaction(work);
    }

    /**
     * In whose name somebody at this address is written to: the school that was asked at where they
     * belong to it, else one that they belong to, else any. In one statement, and never empty where
     * there is a school at all, so that nothing tells who is known.
     */
    Optional<UUID> schoolFor(String email, @Nullable UUID asked) {
        return service.sql(
                        """
                        select coalesce(
                            (select m.organization_id
                               from users u join organization_memberships m on m.user_id = u.id
                              where lower(u.email) = :email and u.deleted_at is null
                              order by m.organization_id is not distinct from cast(:asked as uuid) desc,
                                       m.created_at, m.organization_id
                              limit 1),
                            cast(:asked as uuid),
                            (select id from organizations order by id limit 1))
                        """)
                .param("email", email)
                .param("asked", asked, Types.OTHER)
                .query((row, number) -> Optional.ofNullable(row.getObject(1, UUID.class)))
                .single();
    }

    Optional<UUID> personAt(String email) {
        return service.sql(
                        "select id from users where lower(email) = :email and deleted_at is null")
                .param("email", email)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    Optional<Recipient> recipient(UUID school, UUID person) {
        return service.sql(
                        """
                        select u.id, u.name, u.email, u.language, u.email_verified_at,
                               m.role in ('student', 'teacher')
                               and not exists (select from platform_admins a where a.user_id = u.id)
                               and not exists (select from organization_memberships o
                                                where o.user_id = u.id
                                                  and o.organization_id <> :school) as ordinary
                          from users u
                          join organization_memberships m
                            on m.user_id = u.id and m.organization_id = :school
                         where u.id = :person and u.deleted_at is null
                        """)
                .param("school", school)
                .param("person", person)
                .query((row, number) ->
                        new Recipient(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("email"),
                                Language.of(row.getString("language")),
                                row.getObject("email_verified_at") != null,
                                row.getBoolean("ordinary")))
                .optional();
    }

    /** What somebody has as their address. */
    record Own(String email, boolean proved) {}

    Own me(UUID person) {
        return service.sql("select email, email_verified_at from users where id = :person")
                .param("person", person)
                .query((row, number) -> new Own(row.getString(1), row.getObject(2) != null))
                .optional()
                .orElseThrow(() -> new Problem.NotFound(say("identity.account.gone")));
    }

    /**
     * A link that was sent.
     *
     * @param change of which change it confirms an end; null for others
     */
    record Link(UUID person, Purpose purpose, String email, @Nullable UUID change) {}

    /** Also clears away what nobody followed in time. */
    void addLink(Link link, byte[] hash, Instant now, Instant until) {
        service.sql(
                        """
                        with expired as (delete from address_links where expires_at < :now)
                        insert into address_links
                               (token_hash, user_id, purpose, email, change_id, expires_at)
                        values (:hash, :person, :purpose, :email, cast(:change as uuid), :until)
                        """)
                .param("now", at(now))
                .param("hash", hash)
                .param("person", link.person())
                .param("purpose", link.purpose().word())
                .param("email", link.email())
                .param("change", link.change(), Types.OTHER)
                .param("until", at(until))
                .update();
    }

    Optional<Link> link(byte[] hash, Instant now) {
        return service.sql(
                        """
                        select l.user_id, l.purpose, l.email, l.change_id
                          from address_links l
                          join users u on u.id = l.user_id and u.deleted_at is null
                         where l.token_hash = :hash and l.expires_at > :now
                        """)
                .param("hash", hash)
                .param("now", at(now))
                .query(AddressStore::link)
                .optional();
    }

    /** Of several who follow it at once, one has it. */
    Optional<Link> take(byte[] hash, Instant now) {
        return service.sql(
                        """
                        delete from address_links
                         where token_hash = :hash and expires_at > :now
                        returning user_id, purpose, email, change_id
                        """)
                .param("hash", hash)
                .param("now", at(now))
                .query(AddressStore::link)
                .optional();
    }

    private static Link link(ResultSet row, int number) throws SQLException {
        return new Link(
                row.getObject("user_id", UUID.class),
                Purpose.of(row.getString("purpose")),
                row.getString("email"),
                row.getObject("change_id", UUID.class));
    }

    void setPassword(UUID person, String hash) {
        service.sql("update users set password_hash = :hash where id = :person")
                .param("hash", hash)
                .param("person", person)
                .update();
    }

    /** False when it was proved before, or is not theirs any more. */
    boolean prove(UUID person, String email, Instant now) {
        return service.sql(
                                """
                                update users set email_verified_at = :now
                                 where id = :person and lower(email) = lower(:email)
                                   and email_verified_at is null
                                """)
                        .param("now", at(now))
                        .param("person", person)
                        .param("email", email)
                        .update()
                == 1;
    }

    void forgetResets(UUID person) {
        service.sql("delete from address_links where user_id = :person and purpose = 'reset'")
                .param("person", person)
                .update();
    }

    void revokeTokens(UUID person, Instant now) {
        service.sql(
                        """
                        update api_tokens set revoked_at = :now
                         where user_id = :person and revoked_at is null
                        """)
                .param("now", at(now))
                .param("person", person)
                .update();
    }

    /** A change of address that was asked for. */
    record Change(UUID id, UUID person, String oldEmail, String newEmail) {}

    /** Takes the place of one that waits, whose links hold no more. */
    void addChange(Change change, @Nullable Instant left, Instant now, Instant until) {
        service.sql(
                        """
                        with superseded as (
                            delete from address_links
                             where user_id = :person and purpose in ('leave', 'arrive'))
                        insert into address_changes
                               (user_id, id, old_email, new_email, left_at, asked_at, expires_at)
                        values (:person, :id, :old, :new, cast(:left as timestamptz), :now, :until)
                        on conflict (user_id) do update
                           set id = excluded.id, old_email = excluded.old_email,
                               new_email = excluded.new_email, left_at = excluded.left_at,
                               arrived_at = null, asked_at = excluded.asked_at,
                               expires_at = excluded.expires_at
                        """)
                .param("person", change.person())
                .param("id", change.id())
                .param("old", change.oldEmail())
                .param("new", change.newEmail())
                .param("left", left == null ? null : at(left), Types.OTHER)
                .param("now", at(now))
                .param("until", at(until))
                .update();
    }

    Optional<Change> change(UUID person, UUID id, Instant now) {
        return service.sql(
                        """
                        select id, user_id, old_email, new_email from address_changes
                         where user_id = :person and id = :id and expires_at > :now
                        """)
                .param("person", person)
                .param("id", id)
                .param("now", at(now))
                .query((row, number) ->
                        new Change(
                                row.getObject("id", UUID.class),
                                row.getObject("user_id", UUID.class),
                                row.getString("old_email"),
                                row.getString("new_email")))
                .optional();
    }

    /** One end of a change is confirmed; when it is the second, the address is another. */
    Addresses.Confirmed confirm(Link link, Instant now) {
        boolean whole =
                service.sql(
                                """
                                update address_changes
                                   set left_at = case when :end = 'leave'
                                                      then coalesce(left_at, :now) else left_at end,
                                       arrived_at = case when :end = 'arrive'
                                                         then coalesce(arrived_at, :now) else arrived_at end
                                 where user_id = :person and id = :change and expires_at > :now
                                returning left_at is not null and arrived_at is not null
                                """)
                        .param("end", link.purpose().word())
                        .param("now", at(now))
                        .param("person", link.person())
                        .param("change", link.change(), Types.OTHER)
                        .query((row, number) -> row.getBoolean(1))
                        .optional()
                        .orElseThrow(() -> new Problem.NotFound(say("identity.address.stale")));
        if (!whole) {
            return Addresses.Confirmed.HALF_WAY;
        }
        service.sql(
                        """
                        with done as (
                            delete from address_changes where user_id = :person returning new_email),
                        spent as (delete from address_links where user_id = :person)
                        update users set email = done.new_email, email_verified_at = :now
                          from done where users.id = :person
                        """)
                .param("person", link.person())
                .param("now", at(now))
                .update();
        return Addresses.Confirmed.CHANGED;
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
