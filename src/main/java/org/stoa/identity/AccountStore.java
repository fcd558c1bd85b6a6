package org.stoa.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.shared.Colour;
import org.stoa.tenancy.Rows;

/** What a person may see and end of their own, and what a school says of itself. */
@Repository
class AccountStore {
    private final JdbcClient jdbc;

    AccountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void settle(String name, String language, ZoneId zone, @Nullable Colour accent) {
        jdbc.sql(
                        """
                        update organizations
                           set name = :name, language = :language, time_zone = :zone,
                               accent = :accent
                         where id = (select current_organization())
                        """)
                .param("name", name)
                .param("language", language)
                .param("zone", zone.getId())
                .param("accent", accent == null ? null : accent.toString(), Types.VARCHAR)
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

    void speak(UUID person, @Nullable String language) {
        jdbc.sql("update users set language = :language where id = :person")
                .param("language", language, Types.VARCHAR)
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
        var proved = new ArrayList<Instant>();
        var signIns = new ArrayList<Account.SignIn>();
        var tokens = new ArrayList<Account.Token>();
        jdbc.sql(
                        """
                        select 'me' as kind, id, name as first, email as second,
                               email_verified_at as since, null::timestamptz as last
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
                        case "me" -> {
                            me.add(person(row));
                            Optional.ofNullable(Rows.instant(row, "since")).ifPresent(proved::add);
                        }
                        case "token" -> tokens.add(token(row));
                        default -> signIns.add(signIn(row));
                    }
                });
        return me.stream()
                .findFirst()
                .map(it -> new Account.Whole(it, !proved.isEmpty(), signIns, tokens));
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                row.getObject("id", UUID.class), row.getString("first"), row.getString("second"));
    }

    private static Account.Token token(ResultSet row) throws SQLException {
        return new Account.Token(
                row.getObject("id", UUID.class),
                row.getString("first"),
                Objects.requireNonNull(Rows.instant(row, "since")),
                Rows.instant(row, "last"));
    }

    private static Account.SignIn signIn(ResultSet row) throws SQLException {
        return new Account.SignIn(
                row.getObject("id", UUID.class),
                row.getString("first"),
                row.getString("second"),
                Objects.requireNonNull(Rows.instant(row, "last")));
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
