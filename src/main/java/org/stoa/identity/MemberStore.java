package org.stoa.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Role;

/** The people of one school, and what a person may see and end of their own. */
@Repository
class MemberStore {
    private final JdbcClient jdbc;

    MemberStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param after the last one of the page before
     */
    List<Members.Member> list(String q, @Nullable Role role, @Nullable UUID after, int limit) {
        return jdbc.sql(
                        """
                        select u.id, u.name, u.email, m.role, m.status, m.created_at
                          from organization_memberships m
                          join users u on u.id = m.user_id
                         where m.organization_id = (select current_organization())
                           and (:q = '' or u.name ilike :pattern or u.email ilike :pattern)
                           and (:role = '' or m.role = :role)
                           and (cast(:after as uuid) is null or (lower(u.name), u.id)
                                > (select lower(name), id from users where id = cast(:after as uuid)))
                         order by lower(u.name), u.id
                         limit :limit
                        """)
                .param("q", q)
                .param("pattern", "%" + q.replaceAll("([%_\\\\])", "\\\\$1") + "%")
                .param("role", role == null ? "" : role.word())
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, number) ->
                        new Members.Member(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("email"),
                                Role.of(row.getString("role")),
                                row.getString("status").equals("suspended"),
                                row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** What somebody is here. */
    record Standing(UUID person, Role role, boolean suspended) {
        boolean reigns() {
            return role == Role.OWNER && !suspended;
        }
    }

    /**
     * The person and the school's owners, locked in one order, so that two owners cannot leave at
     * once and two who try do not wait for each other.
     */
    List<Standing> lockedWithOwners(UUID person) {
        return jdbc.sql(
                        """
                        select user_id, role, status
                          from organization_memberships
                         where organization_id = (select current_organization())
                           and (user_id = :person or role = 'owner')
                         order by user_id
                           for update
                        """)
                .param("person", person)
                .query((row, number) ->
                        new Standing(
                                row.getObject("user_id", UUID.class),
                                Role.of(row.getString("role")),
                                row.getString("status").equals("suspended")))
                .list();
    }

    void change(UUID person, Role role, boolean suspended) {
        jdbc.sql(
                        """
                        update organization_memberships
                           set role = :role, status = :status
                         where organization_id = (select current_organization()) and user_id = :person
                        """)
                .param("role", role.word())
                .param("status", suspended ? "suspended" : "active")
                .param("person", person)
                .update();
    }

    void renameSchool(String name) {
        jdbc.sql("update organizations set name = :name where id = (select current_organization())")
                .param("name", name)
                .update();
    }

    Optional<Person> me(UUID person) {
        return jdbc.sql("select id, name, email from users where id = :person")
                .param("person", person)
                .query((row, number) ->
                        new Person(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("email")))
                .optional();
    }

    void rename(UUID person, String name) {
        jdbc.sql("update users set name = :name where id = :person")
                .param("name", name)
                .param("person", person)
                .update();
    }

    /** One line for each sign-in, its latest session first. */
    List<Account.SignIn> signIns(UUID person, Instant now) {
        return jdbc.sql(
                        """
                        select distinct on (sign_in_id) sign_in_id, device, address, last_seen_at
                          from sessions
                         where user_id = :person and expires_at > :now
                         order by sign_in_id, last_seen_at desc
                        """)
                .param("person", person)
                .param("now", now)
                .query((row, number) ->
                        new Account.SignIn(
                                row.getObject("sign_in_id", UUID.class),
                                row.getString("device"),
                                row.getString("address"),
                                row.getObject("last_seen_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    List<Account.Token> tokens(UUID person) {
        return jdbc.sql(
                        """
                        select id, name, created_at, last_used_at
                          from api_tokens
                         where user_id = :person and revoked_at is null
                         order by created_at desc, id
                        """)
                .param("person", person)
                .query((row, number) -> {
                    var used = row.getObject("last_used_at", OffsetDateTime.class);
                    return new Account.Token(
                            row.getObject("id", UUID.class),
                            row.getString("name"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            used == null ? null : used.toInstant());
                })
                .list();
    }

    /** In one statement; the newest token first. */
    Optional<Account.Whole> whole(UUID person, Instant now) {
        var me = new ArrayList<Person>();
        var signIns = new ArrayList<Account.SignIn>();
        var tokens = new ArrayList<Account.Token>();
        jdbc.sql(
                        """
                        select 'me' as kind, id, name as first, email as second,
                               null::timestamptz as since, null::timestamptz as last
                          from users
                         where id = :person
                        union all
                        select 'token', id, name, '', created_at, last_used_at
                          from api_tokens
                         where user_id = :person and revoked_at is null
                        union all
                        (select distinct on (sign_in_id)
                                'sign-in', sign_in_id, device, address, null, last_seen_at
                           from sessions
                          where user_id = :person and expires_at > :now
                          order by sign_in_id, last_seen_at desc)
                        order by since desc nulls last, id
                        """)
                .param("person", person)
                .param("now", now)
                .query(row -> {
                    switch (row.getString("kind")) {
                        case "me" -> me.add(person(row));
                        case "token" -> tokens.add(token(row));
                        default -> signIns.add(signIn(row));
                    }
                });
        return me.stream().findFirst().map(it -> new Account.Whole(it, signIns, tokens));
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                row.getObject("id", UUID.class), row.getString("first"), row.getString("second"));
    }

    private static Account.Token token(ResultSet row) throws SQLException {
        return new Account.Token(
                row.getObject("id", UUID.class),
                row.getString("first"),
                Objects.requireNonNull(time(row, "since")),
                time(row, "last"));
    }

    private static Account.SignIn signIn(ResultSet row) throws SQLException {
        return new Account.SignIn(
                row.getObject("id", UUID.class),
                row.getString("first"),
                row.getString("second"),
                Objects.requireNonNull(time(row, "last")));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    boolean revoke(UUID person, UUID token, Instant now) {
        return jdbc.sql(
                                """
                                update api_tokens set revoked_at = :now
                                 where id = :token and user_id = :person and revoked_at is null
                                """)
                        .param("now", now)
                        .param("token", token)
                        .param("person", person)
                        .update()
                == 1;
    }

    boolean ownsSignIn(UUID person, UUID signIn) {
        return jdbc.sql(
                        """
                        select exists (select from sessions
                                        where user_id = :person and sign_in_id = :signIn)
                        """)
                .param("person", person)
                .param("signIn", signIn)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }
}
