package org.stoa.identity.imports;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.identity.imports.MemberImports.Reported;
import org.stoa.tenancy.ServiceDatabase;

/** Many people at once: as the service role, since accounts belong to no school. */
@Repository
class MemberImportStore {
    private final JdbcClient jdbc;
    private final ServiceDatabase service;

    MemberImportStore(JdbcClient jdbc, ServiceDatabase service) {
        this.jdbc = jdbc;
        this.service = service;
    }

    /** The roles of those of these addresses that belong to the school, by address. */
    Map<String, String> rolesHere(List<String> emails) {
        var roles = new HashMap<String, String>();
        jdbc.sql(
                        """
                        select lower(u.email) as email, m.role
                          from organization_memberships m
                          join users u on u.id = m.user_id
                         where m.organization_id = (select current_organization())
                           and lower(u.email) = any (cast(:emails as text[]))
                        """)
                .param("emails", emails.toArray(String[]::new))
                .query(row -> {
                    roles.put(row.getString("email"), row.getString("role"));
                });
        return roles;
    }

    /**
     * Lines with the ids that their accounts and invitations shall have.
     *
     * @param accounts of those that turn out to have none
     */
    record Batch(List<Reported> lines, List<UUID> accounts, List<UUID> invitations) {}

    /** All of them, or none; answers those who had an account before. */
    List<UUID> add(
            UUID school, @Nullable UUID by, Batch batch, Instant now, Instant linksHoldUntil) {
        var emails = batch.lines().stream().map(Reported::email).toArray(String[]::new);
        return service.inTransaction(() -> {
            addAccounts(batch, emails, now);
            return addMembers(school, by, batch, emails, now, linksHoldUntil);
        });
    }

    private void addAccounts(Batch batch, String[] emails, Instant now) {
        service.sql(
                        """
                        insert into users (id, email, name, created_at)
                        select id, email, name, :now
                          from unnest(cast(:ids as uuid[]), cast(:emails as text[]),
                                      cast(:names as text[])) as p (id, email, name)
                        on conflict do nothing
                        """)
                .param("ids", batch.accounts().toArray(UUID[]::new))
                .param("emails", emails)
                .param("names", batch.lines().stream().map(Reported::name).toArray(String[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private List<UUID> addMembers(
            UUID school,
            @Nullable UUID by,
            Batch batch,
            String[] emails,
            Instant now,
            Instant until) {
        return service.sql(
                        """
                        with found as materialized (
                            select u.id as person, u.deleted_at, g.email, g.role, g.invitation, g.account
                              from unnest(cast(:emails as text[]), cast(:roles as text[]),
                                          cast(:invitations as uuid[]), cast(:accounts as uuid[]))
                                   as g (email, role, invitation, account)
                              join users u on lower(u.email) = g.email
                        ), given as materialized (
                            select * from found where deleted_at is null
                        ), added as (
                            insert into organization_memberships
                                   (organization_id, user_id, role, created_at)
                            select :school, person, role, :now from given
                            on conflict do nothing
                            returning user_id
                        ), invited as (
                            insert into invitations
                                   (organization_id, id, token_hash, role, email, person_id, most_uses,
                                    expires_at, created_by, created_at)
                            select :school, g.invitation,
                                   encode(sha256(cast(cast(gen_random_uuid() as text) as bytea)), 'hex'),
                                   nullif(g.role, 'owner'), g.email, g.person, 1, :until,
                                   cast(:by as uuid), :now
                              from given g
                              join added a on a.user_id = g.person
                        )
                        select g.person from given g where g.person <> g.account
                        """)
                .param("school", school)
                .param("by", by == null ? null : by.toString())
                .param("emails", emails)
                .param("roles", batch.lines().stream().map(Reported::role).toArray(String[]::new))
                .param("invitations", batch.invitations().toArray(UUID[]::new))
                .param("accounts", batch.accounts().toArray(UUID[]::new))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .query((row, number) -> row.getObject(1, UUID.class))
                .list();
    }

    /** Somebody who has not followed the link that was made for them. */
    record Open(UUID invitation, String name, String email, String role) {}

    List<Open> open() {
        return jdbc.sql(
                        """
                        select i.id, u.name, u.email, m.role
                          from invitations i
                          join organization_memberships m
                            on m.organization_id = i.organization_id and m.user_id = i.person_id
                          join users u on u.id = i.person_id
                         where i.organization_id = (select current_organization())
                           and i.person_id is not null and i.uses = 0 and i.revoked_at is null
                           and m.status = 'active'
                         order by lower(u.name), u.id
                        """)
                .query((row, number) ->
                        new Open(
                                row.getObject("id", UUID.class),
                                row.getString("name"),
                                row.getString("email"),
                                row.getString("role")))
                .list();
    }

    void relink(List<UUID> invitations, List<String> fingerprints, Instant until) {
        jdbc.sql(
                        """
                        update invitations i
                           set token_hash = n.hash, expires_at = :until
                          from unnest(cast(:ids as uuid[]), cast(:hashes as text[])) as n (id, hash)
                         where i.organization_id = (select current_organization()) and i.id = n.id
                        """)
                .param("ids", invitations.toArray(UUID[]::new))
                .param("hashes", fingerprints.toArray(String[]::new))
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }
}
