package org.stoa.identity.invitations;

import static org.stoa.shared.Words.say;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.identity.Person;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;

/**
 * Invitations: made and taken back as the school's staff, followed as the service role, since who
 * follows one is nobody in the school yet.
 */
@Repository
class InvitationStore {
    /** That which was shown, or one that went by mail. */
    private static final String OF_TOKEN =
            """
               and (token_hash = :hash
                    or id = (select l.invitation_id from invitation_links l
                              where l.organization_id = :school and l.token_hash = :hash))
               and revoked_at is null and expires_at > :now and uses < most_uses
            """;

    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    InvitationStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    void add(
            UUID id,
            String fingerprint,
            Invitations.Wish wish,
            String email,
            Instant now,
            Instant until) {
        var role = wish.role();
        jdbc.sql(
                        """
                        insert into invitations
                               (organization_id, id, token_hash, role, purpose, email, most_uses,
                                expires_at, created_by, created_at)
                        values (current_organization(), :id, :hash, :role, :purpose, :email, :uses,
                                :until, current_person(), :now)
                        """)
                .param("id", id)
                .param("hash", fingerprint)
                .param("role", role == null ? null : role.word(), Types.VARCHAR)
                .param("purpose", wish.purpose())
                .param("email", email)
                .param("uses", wish.uses())
                .param("until", until.atOffset(ZoneOffset.UTC))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Without those that an import made for one person each: they are in the list of members. */
    List<Invitation> open(Instant now) {
        return jdbc.sql(
                        """
                        select i.id, i.role, i.purpose, i.email, i.uses, i.most_uses, i.expires_at,
                               u.name
                          from invitations i
                          left join users u on u.id = i.created_by
                         where i.organization_id = (select current_organization())
                           and i.revoked_at is null and i.expires_at > :now and i.uses < i.most_uses
                           and i.person_id is null
                         order by i.id desc
                         limit 500
                        """)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Invitation(
                                row.getObject("id", UUID.class),
                                roleOrNull(row.getString("role")),
                                row.getString("purpose"),
                                row.getString("email"),
                                row.getInt("uses"),
                                row.getInt("most_uses"),
                                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                                row.getString("name")))
                .list();
    }

    boolean revoke(UUID id, Instant now) {
        return jdbc.sql(
                                """
                                update invitations
                                   set revoked_at = coalesce(revoked_at, :now)
                                 where organization_id = (select current_organization()) and id = :id
                                """)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .param("id", id)
                        .update()
                == 1;
    }

    <T extends @Nullable Object> T together(Supplier<T> work) {
        return service.inTransaction(work);
    }

    /**
     * An invitation that holds.
     *
     * @param email empty for any
     * @param person whose it is, where it was made for one; their account may have no password yet
     * @param mailed whether the link went to the address alone
     */
    record Held(
            UUID id,
            @Nullable Role role,
            String purpose,
            String email,
            @Nullable UUID person,
            boolean mailed) {
        boolean holdsFor(String emailKey) {
            return email.isEmpty() || email.equals(emailKey);
        }
    }

    /** One of the caller's school, as long as it holds. */
    Optional<Held> holding(UUID id, Instant now) {
        return jdbc.sql(
                        """
                        select role, purpose, email, person_id
                          from invitations
                         where organization_id = (select current_organization()) and id = :id
                           and revoked_at is null and expires_at > :now and uses < most_uses
                        """)
                .param("id", id)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Held(
                                id,
                                roleOrNull(row.getString("role")),
                                row.getString("purpose"),
                                row.getString("email"),
                                row.getObject("person_id", UUID.class),
                                false))
                .optional();
    }

    void addLink(UUID invitation, String fingerprint, Instant now) {
        jdbc.sql(
                        """
                        insert into invitation_links (organization_id, token_hash, invitation_id, made_at)
                        values (current_organization(), :hash, :invitation, :now)
                        """)
                .param("hash", fingerprint)
                .param("invitation", invitation)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Held> find(UUID school, String fingerprint, Instant now) {
        return service.sql(
                        """
                        select id, role, purpose, email, person_id, token_hash <> :hash as mailed
                          from invitations
                         where organization_id = :school
                        """
                                + OF_TOKEN)
                .param("school", school)
                .param("hash", fingerprint)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, number) ->
                        new Held(
                                row.getObject("id", UUID.class),
                                roleOrNull(row.getString("role")),
                                row.getString("purpose"),
                                row.getString("email"),
                                row.getObject("person_id", UUID.class),
                                row.getBoolean("mailed")))
                .optional();
    }

    /** Of several who take the last use at once, one gets it. */
    boolean take(UUID school, String fingerprint, Instant now) {
        return service.sql(
                                """
                                update invitations
                                   set uses = uses + 1
                                 where organization_id = :school
                                """
                                        + OF_TOKEN)
                        .param("school", school)
                        .param("hash", fingerprint)
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Person person(UUID id) {
        return service.sql("select id, name, email from users where id = :id")
                .param("id", id)
                .query((row, number) ->
                        new Person(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("email")))
                .optional()
                .orElseThrow(() -> new Problem.NotFound(say("identity.account.gone")));
    }

    record Membership(Role role, boolean suspended) {}

    Optional<Membership> membership(UUID school, UUID person) {
        return service.sql(
                        """
                        select role, status
                          from organization_memberships
                         where organization_id = :school and user_id = :person
                           for update
                        """)
                .param("school", school)
                .param("person", person)
                .query((row, number) ->
                        new Membership(
                                Role.of(row.getString("role")),
                                row.getString("status").equals("suspended")))
                .optional();
    }

    void admit(UUID school, UUID person, Role role, Instant now) {
        service.sql(
                        """
                        insert into organization_memberships (organization_id, user_id, role, created_at)
                        values (:school, :person, :role, :now)
                        on conflict (organization_id, user_id) do update set role = excluded.role
                        """)
                .param("school", school)
                .param("person", person)
                .param("role", role.word())
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static @Nullable Role roleOrNull(@Nullable String word) {
        return word == null ? null : Role.of(word);
    }
}
