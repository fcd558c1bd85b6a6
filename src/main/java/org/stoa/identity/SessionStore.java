package org.stoa.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.stoa.shared.Language;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;

/** Recognises secrets, as the service role: nobody is known before that. */
@Repository
class SessionStore {
    private static final String WHO =
            """
            select u.id, u.name, m.role, m.status, a.user_id is not null as platform_admin,
                   s.id as session_id, s.seen, u.language
              from (%s) s
              join users u on u.id = s.user_id and u.deleted_at is null
              left join organization_memberships m
                     on m.user_id = u.id and m.organization_id = cast(:organization as uuid)
              left join platform_admins a on a.user_id = u.id
            """;

    private final ServiceDatabase service;

    SessionStore(ServiceDatabase service) {
        this.service = service;
    }

    /**
     * Whose secret it is.
     *
     * @param role null when they do not belong to the school that was asked for
     * @param session the session's id; null for an API token
     */
    record Recognised(
            UUID person,
            String name,
            @Nullable Role role,
            boolean suspended,
            boolean platformAdmin,
            @Nullable UUID session,
            @Nullable Instant seen,
            @Nullable Language language) {}

    /** The session of this host's cookie. */
    Optional<Recognised> bySession(byte[] hash, @Nullable UUID organization, Instant now) {
        return service.sql(
                        WHO.formatted(
                                """
                                select id, user_id, last_seen_at as seen
                                  from sessions
                                 where token_hash = :hash and expires_at > :now
                                   and at_organization is not distinct from cast(:organization as uuid)
                                """))
                .param("hash", hash)
                .param("organization", organization, Types.OTHER)
                .param("now", PersonStore.at(now))
                .query(SessionStore::recognised)
                .optional();
    }

    /** An API token, or a session that a program signed in for, at whatever school. */
    Optional<Recognised> byToken(byte[] hash, @Nullable UUID organization, Instant now) {
        return service.sql(
                        WHO.formatted(
                                """
                                select null::uuid as id, user_id, last_used_at as seen
                                  from api_tokens
                                 where token_hash = :hash and revoked_at is null
                                union all
                                select id, user_id, last_seen_at
                                  from sessions
                                 where token_hash = :hash and expires_at > :now
                                """))
                .param("hash", hash)
                .param("organization", organization, Types.OTHER)
                .param("now", PersonStore.at(now))
                .query(SessionStore::recognised)
                .optional();
    }

    /** Somebody of whom it is known by other means that it is they. */
    Optional<Recognised> byPerson(UUID person, @Nullable UUID organization) {
        return service.sql(
                        WHO.formatted(
                                """
                                select null::uuid as id, cast(:person as uuid) as user_id,
                                       null::timestamptz as seen
                                """))
                .param("person", person)
                .param("organization", organization, Types.OTHER)
                .query(SessionStore::recognised)
                .optional();
    }

    /** A session to be kept. */
    record Fresh(
            UUID id,
            UUID signIn,
            UUID person,
            @Nullable UUID organization,
            byte[] hash,
            String device,
            String address,
            Instant now,
            Instant expires) {}

    /** Also clears away what of the person's has expired. */
    void add(Fresh session) {
        service.sql(
                        """
                        with expired as (
                            delete from sessions where user_id = :person and expires_at < :now)
                        insert into sessions
                               (id, sign_in_id, user_id, at_organization, token_hash, device, address,
                                created_at, last_seen_at, expires_at)
                        values (:id, :signIn, :person, cast(:organization as uuid), :hash, :device, :address,
                                :now, :now, :expires)
                        """)
                .param("id", session.id())
                .param("signIn", session.signIn())
                .param("person", session.person())
                .param("organization", session.organization(), Types.OTHER)
                .param("hash", session.hash())
                .param("device", session.device())
                .param("address", session.address())
                .param("now", PersonStore.at(session.now()))
                .param("expires", PersonStore.at(session.expires()))
                .update();
    }

    /** Notes when sessions were last seen; each lives on from there. */
    void seen(List<Map.Entry<UUID, Instant>> sessions, Duration lifetime) {
        service.sql(
                        """
                        update sessions s
                           set last_seen_at = greatest(s.last_seen_at, seen.at),
                               expires_at = greatest(s.expires_at, seen.at + cast(:lifetime as interval))
                          from unnest(cast(:ids as uuid[]), cast(:ats as timestamptz[])) as seen (id, at)
                         where s.id = seen.id
                        """)
                .param("lifetime", lifetime.toSeconds() + " seconds")
                .param(
                        "ids",
                        sessions.stream().map(s -> s.getKey().toString()).toArray(String[]::new))
                .param(
                        "ats",
                        sessions.stream().map(s -> s.getValue().toString()).toArray(String[]::new))
                .update();
    }

    void used(byte[] tokenHash, Instant now) {
        service.sql("update api_tokens set last_used_at = :now where token_hash = :hash")
                .param("now", PersonStore.at(now))
                .param("hash", tokenHash)
                .update();
    }

    Optional<UUID> signIn(byte[] hash) {
        return service.sql("select sign_in_id from sessions where token_hash = :hash")
                .param("hash", hash)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** Ends every session of a sign-in, on every host it visited. */
    void end(UUID person, UUID signIn) {
        service.sql("delete from sessions where sign_in_id = :signIn and user_id = :person")
                .param("person", person)
                .param("signIn", signIn)
                .update();
    }

    void endOthers(UUID person, @Nullable UUID signIn) {
        service.sql(
                        """
                        delete from sessions
                         where user_id = :person
                           and sign_in_id is distinct from cast(:signIn as uuid)
                        """)
                .param("person", person)
                .param("signIn", signIn, Types.OTHER)
                .update();
    }

    void addToken(UUID id, UUID person, String name, byte[] hash, Instant now) {
        service.sql(
                        """
                        insert into api_tokens (id, user_id, name, token_hash, created_at)
                        values (:id, :person, :name, :hash, :now)
                        """)
                .param("id", id)
                .param("person", person)
                .param("name", name)
                .param("hash", hash)
                .param("now", PersonStore.at(now))
                .update();
    }

    /** Also clears away the codes that nobody used in time. */
    void addCode(
            byte[] hash,
            UUID person,
            UUID signIn,
            @Nullable UUID organization,
            Instant now,
            Instant expires) {
        service.sql(
                        """
                        with expired as (delete from one_time_codes where expires_at < :now)
                        insert into one_time_codes (code_hash, user_id, sign_in_id, for_organization, expires_at)
                        values (:hash, :person, :signIn, cast(:organization as uuid), :expires)
                        """)
                .param("hash", hash)
                .param("person", person)
                .param("signIn", signIn)
                .param("organization", organization, Types.OTHER)
                .param("now", PersonStore.at(now))
                .param("expires", PersonStore.at(expires))
                .update();
    }

    /** Whose code it was, and of which sign-in. */
    record Carried(UUID person, UUID signIn) {}

    /** Uses a code up. */
    Optional<Carried> takeCode(byte[] hash, @Nullable UUID organization, Instant now) {
        return service.sql(
                        """
                        delete from one_time_codes
                         where code_hash = :hash
                           and for_organization is not distinct from cast(:organization as uuid)
                        returning user_id, sign_in_id, expires_at > :now as fresh
                        """)
                .param("hash", hash)
                .param("organization", organization, Types.OTHER)
                .param("now", PersonStore.at(now))
                .query((row, number) ->
                        row.getBoolean("fresh")
                                ? Optional.of(
                                        new Carried(
                                                row.getObject("user_id", UUID.class),
                                                row.getObject("sign_in_id", UUID.class)))
                                : Optional.<Carried>empty())
                .optional()
                .flatMap(carried -> carried);
    }

    private static Recognised recognised(ResultSet row, int number) throws SQLException {
        var role = row.getString("role");
        var seen = row.getObject("seen", OffsetDateTime.class);
        return new Recognised(
                row.getObject("id", UUID.class),
                row.getString("name"),
                role == null ? null : Role.of(role),
                "suspended".equals(row.getString("status")),
                row.getBoolean("platform_admin"),
                row.getObject("session_id", UUID.class),
                seen == null ? null : seen.toInstant(),
                Language.of(row.getString("language")));
    }
}
