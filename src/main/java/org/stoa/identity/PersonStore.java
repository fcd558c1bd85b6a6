package org.stoa.identity;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.Rows;
import org.stoa.tenancy.ServiceDatabase;

/**
 * People and schools, as the service role sees them: for what happens before anybody is known
 * (signing up and in, founding a school) and for what spans schools.
 */
@Repository
class PersonStore {
    private final ServiceDatabase service;

    PersonStore(ServiceDatabase service) {
        this.service = service;
    }

    <T extends @Nullable Object> T together(java.util.function.Supplier<T> work) {
        return service.inTransaction(work);
    }

    /** Somebody with what their password is held against. */
    record Account(Person person, @Nullable String passwordHash) {}

    Optional<Account> byEmail(String emailKey) {
        return service.sql(
                        """
                        select id, name, email, password_hash
                          from users
                         where lower(email) = :email and deleted_at is null
                        """)
                .param("email", emailKey)
                .query((row, number) ->
                        new Account(
                                new Person(
                                        row.getObject("id", UUID.class),
                                        row.getString("name"),
                                        row.getString("email")),
                                row.getString("password_hash")))
                .optional();
    }

    @Nullable String passwordHash(UUID person) {
        return service.sql("select password_hash from users where id = :id")
                .param("id", person)
                .query((row, number) -> Optional.ofNullable(row.getString(1)))
                .optional()
                .flatMap(hash -> hash)
                .orElse(null);
    }

    void changePassword(UUID person, String hash) {
        service.sql("update users set password_hash = :hash where id = :id")
                .param("hash", hash)
                .param("id", person)
                .update();
    }

    /**
     * False when the account has a password, or belongs to more than one school: then it is not for
     * the one that sent the link to hand it out.
     */
    boolean firstPassword(UUID person, String hash) {
        return service.sql(
                                """
                                update users
                                   set password_hash = :hash
                                 where id = :person and password_hash is null and deleted_at is null
                                   and 1 = (select count(*) from organization_memberships
                                             where user_id = :person)
                                   and not exists (select from platform_admins where user_id = :person)
                                """)
                        .param("hash", hash)
                        .param("person", person)
                        .update()
                == 1;
    }

    /** False when the address is taken. */
    boolean add(Person person, @Nullable String passwordHash, Instant now) {
        return service.sql(
                                """
                                insert into users (id, email, name, password_hash, created_at)
                                values (:id, :email, :name, :hash, :now)
                                on conflict do nothing
                                """)
                        .param("id", person.id())
                        .param("email", person.email())
                        .param("name", person.name())
                        .param("hash", passwordHash, Types.VARCHAR)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    /** False when the subdomain is taken. */
    boolean addOrganization(Organization organization, Instant now) {
        return service.sql(
                                """
                                insert into organizations (id, subdomain, name, language, time_zone, created_at)
                                values (:id, :subdomain, :name, :language, :zone, :now)
                                on conflict do nothing
                                """)
                        .param("id", organization.id())
                        .param("subdomain", organization.subdomain())
                        .param("name", organization.name())
                        .param("language", organization.language())
                        .param("zone", organization.timeZone().getId())
                        .param("now", at(now))
                        .update()
                == 1;
    }

    /** False when they belong to it already. */
    boolean addMembership(UUID organization, UUID person, Role role, Instant now) {
        return service.sql(
                                """
                                insert into organization_memberships
                                       (organization_id, user_id, role, created_at)
                                values (:organization, :person, :role, :now)
                                on conflict do nothing
                                """)
                        .param("organization", organization)
                        .param("person", person)
                        .param("role", role.word())
                        .param("now", at(now))
                        .update()
                == 1;
    }

    void addPlatformAdmin(UUID person, Instant now) {
        service.sql(
                        """
                        insert into platform_admins (user_id, created_at)
                        values (:person, :now)
                        on conflict do nothing
                        """)
                .param("person", person)
                .param("now", at(now))
                .update();
    }

    /** A school that somebody belongs to. */
    record Membership(String subdomain, String name, Role role, boolean suspended) {}

    List<Membership> memberships(UUID person) {
        return service.sql(
                        """
                        select o.subdomain, o.name, m.role, m.status
                          from organization_memberships m
                          join organizations o on o.id = m.organization_id
                         where m.user_id = :person
                         order by lower(o.name), o.id
                        """)
                .param("person", person)
                .query((row, number) ->
                        new Membership(
                                row.getString("subdomain"),
                                row.getString("name"),
                                Role.of(row.getString("role")),
                                row.getString("status").equals("suspended")))
                .list();
    }

    /** Those of the subdomains that a school has already. */
    Set<String> subdomainsTaken(List<String> subdomains) {
        return service.sql("select subdomain from organizations where subdomain = any(:names)")
                .param("names", subdomains.toArray(String[]::new))
                .query((row, number) -> row.getString(1))
                .set();
    }

    /**
     * A school of the installation, for its administrator.
     *
     * @param closedAt since when it is open to its administrators' export alone; null while it
     *     lives
     */
    record School(
            UUID id,
            String subdomain,
            String name,
            Instant createdAt,
            @Nullable Instant closedAt) {}

    List<School> schools(@Nullable UUID after, int limit) {
        return service.sql(
                        """
                        select id, subdomain, name, created_at, closed_at
                          from organizations
                         where cast(:after as uuid) is null or id > cast(:after as uuid)
                         order by id
                         limit :limit
                        """)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, number) ->
                        new School(
                                row.getObject("id", UUID.class),
                                row.getString("subdomain"),
                                row.getString("name"),
                                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                                Rows.instant(row, "closed_at")))
                .list();
    }

    List<Person> people(@Nullable UUID after, int limit) {
        return service.sql(
                        """
                        select id, name, email
                          from users
                         where deleted_at is null
                           and (cast(:after as uuid) is null or id > cast(:after as uuid))
                         order by id
                         limit :limit
                        """)
                .param("after", after, Types.OTHER)
                .param("limit", limit)
                .query((row, number) ->
                        new Person(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("email")))
                .list();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
