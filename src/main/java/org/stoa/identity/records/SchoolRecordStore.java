package org.stoa.identity.records;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.identity.Person;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a school's people as one of its administrators, and writes them as the service role, since
 * accounts are the installation's.
 */
@Repository
class SchoolRecordStore {
    private static final int ROWS_AT_ONCE = 500;

    private static final String GIVEN =
            """
            with given as materialized (
                select *
                  from jsonb_to_recordset(cast(:rows as jsonb))
                       as g (index int, account uuid, invitation uuid, email text, name text, role text,
                             status text, since timestamptz)
            )
            """;

    /**
     * The same with the accounts that there are. Nothing is asked of these before they are found:
     * of so many that have just come in, the database believes that hardly one has no password, and
     * would hold each of them against each line.
     */
    private static final String FOUND =
            GIVEN
                    + """
                    , found as materialized (
                        select g.*, u.id as person, u.deleted_at, u.password_hash
                          from given g
                          left join users u on lower(u.email) = g.email
                    )
                    """;

    private final JdbcClient jdbc;
    private final ServiceDatabase service;
    private final JsonMapper json;

    SchoolRecordStore(JdbcClient jdbc, ServiceDatabase service, JsonMapper json) {
        this.jdbc = jdbc;
        this.service = service;
        this.json = json;
    }

    void members(Consumer<MemberRecord> into) {
        jdbc.sql(
                        """
                        select lower(u.email) as email, u.name, m.role, m.status, m.created_at
                          from organization_memberships m
                          join users u on u.id = m.user_id
                         where m.organization_id = (select current_organization())
                           and u.deleted_at is null
                         order by lower(u.email) collate "C"
                        """)
                .withFetchSize(ROWS_AT_ONCE)
                .query(row -> {
                    into.accept(
                            new MemberRecord(
                                    row.getString("email"),
                                    row.getString("name"),
                                    Role.of(row.getString("role")),
                                    row.getString("status").equals("suspended"),
                                    row.getObject("created_at", OffsetDateTime.class).toInstant()));
                });
    }

    boolean hasStudents() {
        return jdbc.sql(
                        """
                        select exists (select from organization_memberships
                                        where organization_id = (select current_organization())
                                          and role = 'student')
                        """)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** False when the subdomain is taken. */
    boolean add(Organization school, Instant now) {
        return service.sql(
                                """
                                insert into organizations
                                       (id, subdomain, name, language, accent, time_zone, created_at)
                                values (:id, :subdomain, :name, :language, :accent, :zone, :now)
                                on conflict do nothing
                                """)
                        .param("id", school.id())
                        .param("subdomain", school.subdomain())
                        .param("name", school.name())
                        .param("language", school.language())
                        .param("accent", school.accent(), Types.VARCHAR)
                        .param("zone", school.timeZone().getId())
                        .param("now", now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    <T extends @Nullable Object> T together(Supplier<T> work) {
        return service.inTransaction(work);
    }

    /**
     * @param account the id of their account, if they turn out to have none
     * @param since in ISO 8601
     */
    record Row(
            int index,
            String account,
            String invitation,
            String email,
            String name,
            String role,
            String status,
            String since) {}

    /** Answers how many there are now that were not there. */
    int addAccounts(List<Row> rows, Instant now) {
        return service.sql(
                        GIVEN
                                + """
                                insert into users (id, email, name, created_at)
                                select account, email, name, :now from given
                                on conflict do nothing
                                """)
                .param("rows", json.writeValueAsString(rows))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Answers those of the new members who had an account before. */
    List<UUID> addMembers(UUID school, List<Row> rows) {
        return service.sql(
                        FOUND
                                + """
                                , added as (
                                    insert into organization_memberships
                                           (organization_id, user_id, role, status, created_at)
                                    select :school, person, role, status, since
                                      from found
                                     where person is not null and deleted_at is null
                                    on conflict do nothing
                                    returning user_id
                                )
                                select user_id from added
                                 where user_id not in (select account from given)
                                """)
                .param("school", school)
                .param("rows", json.writeValueAsString(rows))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** An invitation of their own for each who has no password and may enter. */
    void invite(UUID school, List<Row> rows, Instant now, Instant until) {
        service.sql(
                        FOUND
                                + """
                                , invited as materialized (
                                    select person_id as person from invitations
                                     where organization_id = :school and person_id is not null
                                )
                                insert into invitations
                                       (organization_id, id, token_hash, role, email, person_id, most_uses,
                                        expires_at, created_at)
                                select distinct on (f.person) :school, f.invitation,
                                       encode(sha256(cast(cast(gen_random_uuid() as text) as bytea)), 'hex'),
                                       nullif(m.role, 'owner'), f.email, f.person, 1, :until, :now
                                  from found f
                                  join organization_memberships m
                                    on m.organization_id = :school and m.user_id = f.person
                                 where f.deleted_at is null and f.password_hash is null
                                   and m.status = 'active'
                                   and f.person not in (select person from invited)
                                 order by f.person
                                """)
                .param("school", school)
                .param("rows", json.writeValueAsString(rows))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Those who are not members now, or as something else than was asked for. */
    List<SchoolRecords.Refused> others(UUID school, List<Row> rows) {
        return service.sql(
                        FOUND
                                + """
                                select f.index, m.role, m.status
                                  from found f
                                  left join organization_memberships m
                                    on m.organization_id = :school and m.user_id = f.person
                                   and f.deleted_at is null
                                 where m.role is distinct from f.role
                                    or m.status is distinct from f.status
                                 order by f.index
                                """)
                .param("school", school)
                .param("rows", json.writeValueAsString(rows))
                .query((row, number) ->
                        new SchoolRecords.Refused(
                                row.getInt("index"),
                                row.getString("role") == null
                                        ? "Their account on this installation was closed."
                                        : "They belong to the school already, as "
                                                + row.getString("role")
                                                + " and "
                                                + row.getString("status")
                                                + "; that stays."))
                .list();
    }

    List<Person> ownersWithoutPassword(UUID school) {
        return service.sql(
                        """
                        select u.id, u.name, u.email
                          from organization_memberships m
                          join users u on u.id = m.user_id
                         where m.organization_id = :school and m.role = 'owner'
                           and m.status = 'active' and u.password_hash is null
                           and u.deleted_at is null
                         order by u.email
                        """)
                .param("school", school)
                .query((row, number) ->
                        new Person(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("email")))
                .list();
    }
}
