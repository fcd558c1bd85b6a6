package org.stoa.identity.clerk;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;

/** Accounts, schools and memberships as Clerk's news change them. */
@Repository
class ClerkPeopleStore {
    private final ServiceDatabase service;

    ClerkPeopleStore(ServiceDatabase service) {
        this.service = service;
    }

    Optional<UUID> byEmail(String email) {
        return service.sql("select id from users where lower(email) = :email")
                .param("email", email)
                .query((row, number) -> row.getObject(1, UUID.class))
                .optional();
    }

    /** False where somebody else has this account from Clerk already. */
    boolean free(UUID person) {
        return service.sql("select not exists (select from clerk_users where user_id = :person)")
                .param("person", person)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    void add(UUID id, String email, String name, Instant now) {
        service.sql(
                        """
                        insert into users (id, email, name, created_at)
                        values (:id, :email, :name, :now)
                        """)
                .param("id", id)
                .param("email", email)
                .param("name", name)
                .param("now", ClerkStore.at(now))
                .update();
    }

    /**
     * Leaves an account to whom its address was proven to be: a password set by somebody who never
     * proved that, and every door it opened, are shut.
     */
    void handOver(UUID person, Instant now) {
        endEverything(person, now);
        service.sql("update users set password_hash = null where id = :person")
                .param("person", person)
                .update();
    }

    boolean hasPassword(UUID person) {
        return service.sql("select password_hash is not null from users where id = :person")
                .param("person", person)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    void rename(UUID person, String name, String email) {
        service.sql(
                        """
                        update users
                           set name = :name, email = :email,
                               email_verified_at = case when lower(email) = lower(:email)
                                                        then email_verified_at end
                         where id = :person
                        """)
                .param("name", name)
                .param("email", email)
                .param("person", person)
                .update();
    }

    /** The address, if it is this person's, was shown to be theirs. */
    void prove(UUID person, String email, Instant now) {
        service.sql(
                        """
                        update users set email_verified_at = :now
                         where id = :person and lower(email) = lower(:email)
                           and email_verified_at is null
                        """)
                .param("now", ClerkStore.at(now))
                .param("person", person)
                .param("email", email)
                .update();
    }

    String email(UUID person) {
        return service.sql("select email from users where id = :person")
                .param("person", person)
                .query((row, number) -> row.getString(1))
                .single();
    }

    /** Ends every sign-in; the address is free for whoever proves it next. */
    void remove(UUID person, Instant now) {
        endEverything(person, now);
        service.sql(
                        """
                        update users
                           set deleted_at = coalesce(deleted_at, :now), password_hash = null,
                               email = id || '@deleted.invalid'
                         where id = :person
                        """)
                .param("person", person)
                .param("now", ClerkStore.at(now))
                .update();
    }

    private void endEverything(UUID person, Instant now) {
        service.sql(
                        """
                        with ended as (delete from sessions where user_id = :person),
                             codes as (delete from one_time_codes where user_id = :person)
                        update api_tokens set revoked_at = :now
                         where user_id = :person and revoked_at is null
                        """)
                .param("person", person)
                .param("now", ClerkStore.at(now))
                .update();
    }

    /** False when the subdomain is taken. */
    boolean open(Organization school, Instant now) {
        return service.sql(
                                """
                                insert into organizations (id, subdomain, name, language, time_zone, created_at)
                                values (:id, :subdomain, :name, :language, :zone, :now)
                                on conflict do nothing
                                """)
                        .param("id", school.id())
                        .param("subdomain", school.subdomain())
                        .param("name", school.name())
                        .param("language", school.language())
                        .param("zone", school.timeZone().getId())
                        .param("now", ClerkStore.at(now))
                        .update()
                == 1;
    }

    /** Its subdomain; empty where it is gone. */
    Optional<String> renameSchool(UUID school, String name) {
        return service.sql(
                        "update organizations set name = :name where id = :school returning subdomain")
                .param("name", name)
                .param("school", school)
                .query((row, number) -> row.getString(1))
                .optional();
    }

    /** Somebody who comes back may enter again. */
    void join(UUID school, UUID person, Role role, boolean again, Instant now) {
        service.sql(
                        """
                        insert into organization_memberships as m
                               (organization_id, user_id, role, created_at)
                        values (:school, :person, :role, :now)
                        on conflict (organization_id, user_id) do update
                           set role = excluded.role,
                               status = case when :again then 'active' else m.status end
                        """)
                .param("school", school)
                .param("person", person)
                .param("role", role.word())
                .param("again", again)
                .param("now", ClerkStore.at(now))
                .update();
    }

    /** What they learned stays theirs, should they come back. */
    void leave(UUID school, UUID person) {
        service.sql(
                        """
                        update organization_memberships set status = 'suspended'
                         where organization_id = :school and user_id = :person
                        """)
                .param("school", school)
                .param("person", person)
                .update();
    }
}
