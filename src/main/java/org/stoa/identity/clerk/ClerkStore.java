package org.stoa.identity.clerk;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.ServiceDatabase;

/** What Clerk has told, by its own ids, as the service role: its news are of no one school. */
@Repository
class ClerkStore {
    private final ServiceDatabase service;

    ClerkStore(ServiceDatabase service) {
        this.service = service;
    }

    <T extends @Nullable Object> T together(Supplier<T> work) {
        return service.inTransaction(work);
    }

    /**
     * One after the other, whatever the news are of: a person and a school that come in at the same
     * instant must not each miss the membership that waits for both.
     */
    void oneByOne() {
        service.sql("select pg_advisory_xact_lock(hashtext('stoa clerk'))")
                .query((row, number) -> true)
                .single();
    }

    Map<String, Instant> knownUsers(List<String> ids) {
        return knownAt("clerk_users where user_id is not null and", ids);
    }

    Map<String, Instant> knownOrganizations(List<String> ids) {
        return knownAt("clerk_organizations where school_id is not null and", ids);
    }

    Map<String, Instant> knownMemberships(List<String> ids) {
        return knownAt("clerk_memberships where", ids);
    }

    /** When those changed last of which nothing is missing here. */
    private Map<String, Instant> knownAt(String which, List<String> ids) {
        var known = new HashMap<String, Instant>();
        service.sql(
                        "select clerk_id, updated_at from "
                                + which
                                + " deleted_at is null and clerk_id = any(:ids)")
                .param("ids", ids.toArray(String[]::new))
                .query(row -> {
                    known.put(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return known;
    }

    /**
     * What is known of something.
     *
     * @param ours its id here; null while it is not known here
     */
    record Known(@Nullable UUID ours, Instant updatedAt, boolean deleted) {
        /** Whether news of this time say something. */
        boolean isNews(Instant at) {
            return !deleted && (ours == null || at.isAfter(updatedAt));
        }
    }

    Optional<Known> user(String id) {
        return known("select user_id as ours, updated_at, deleted_at from clerk_users", id);
    }

    Optional<Known> organization(String id) {
        return known(
                "select school_id as ours, updated_at, deleted_at from clerk_organizations", id);
    }

    private Optional<Known> known(String select, String id) {
        return service.sql(select + " where clerk_id = :id")
                .param("id", id)
                .query((row, number) ->
                        new Known(
                                row.getObject("ours", UUID.class),
                                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                                row.getObject("deleted_at") != null))
                .optional();
    }

    void keepUser(String id, UUID person, Instant updatedAt, Instant now) {
        service.sql(
                        """
                        insert into clerk_users (clerk_id, user_id, updated_at, known_at)
                        values (:id, :person, :updated, :now)
                        on conflict (clerk_id) do update
                           set user_id = excluded.user_id, updated_at = excluded.updated_at
                        """)
                .param("id", id)
                .param("person", person)
                .param("updated", at(updatedAt))
                .param("now", at(now))
                .update();
    }

    void keepOrganization(ClerkData.Organization organization, @Nullable UUID school, Instant now) {
        service.sql(
                        """
                        insert into clerk_organizations
                               (clerk_id, school_id, created_by, updated_at, known_at)
                        values (:id, cast(:school as uuid), :by, :updated, :now)
                        on conflict (clerk_id) do update
                           set school_id = excluded.school_id, created_by = excluded.created_by,
                               updated_at = excluded.updated_at
                        """)
                .param("id", organization.id())
                .param("school", school, Types.OTHER)
                .param("by", organization.createdBy())
                .param("updated", at(organization.updatedAt()))
                .param("now", at(now))
                .update();
    }

    /** A tombstone, whether it was known or not: what comes later of it changes nothing. */
    void buryUser(String id, Instant now) {
        bury(
                """
                insert into clerk_users (clerk_id, updated_at, deleted_at, known_at)
                values (:id, 'epoch', :now, :now)
                on conflict (clerk_id) do update set deleted_at = coalesce(clerk_users.deleted_at, :now)
                """,
                id,
                now);
    }

    void buryOrganization(String id, Instant now) {
        bury(
                """
                insert into clerk_organizations (clerk_id, updated_at, deleted_at, known_at)
                values (:id, 'epoch', :now, :now)
                on conflict (clerk_id) do update
                   set deleted_at = coalesce(clerk_organizations.deleted_at, :now)
                """,
                id,
                now);
    }

    private void bury(String sql, String id, Instant now) {
        service.sql(sql).param("id", id).param("now", at(now)).update();
    }

    /** False where it is older than what is known, or where the membership was ended. */
    boolean keepMembership(ClerkData.Membership membership, Instant now) {
        return service.sql(
                                """
                                insert into clerk_memberships as m
                                       (clerk_id, clerk_user, clerk_organization, role, updated_at, known_at)
                                values (:id, :user, :organization, :role, :updated, :now)
                                on conflict (clerk_id) do update
                                   set role = excluded.role, updated_at = excluded.updated_at
                                 where m.deleted_at is null and m.updated_at < excluded.updated_at
                                """)
                        .param("id", membership.id())
                        .param("user", membership.user())
                        .param("organization", membership.organization())
                        .param("role", membership.role())
                        .param("updated", at(membership.updatedAt()))
                        .param("now", at(now))
                        .update()
                == 1;
    }

    /** Whether a membership has opened its door already. */
    boolean settledBefore(String id) {
        return service.sql("select settled from clerk_memberships where clerk_id = :id")
                .param("id", id)
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    void settled(Pair pair) {
        service.sql(
                        """
                        update clerk_memberships set settled = true
                         where clerk_user = :user and clerk_organization = :organization
                           and deleted_at is null and not settled
                        """)
                .param("user", pair.user())
                .param("organization", pair.organization())
                .update();
    }

    /** False where it was ended already. */
    boolean buryMembership(String id, String user, String organization, Instant now) {
        return service.sql(
                                """
                                insert into clerk_memberships as m
                                       (clerk_id, clerk_user, clerk_organization, role, updated_at,
                                        deleted_at, known_at)
                                values (:id, :user, :organization, '', 'epoch', :now, :now)
                                on conflict (clerk_id) do update set deleted_at = :now
                                 where m.deleted_at is null
                                """)
                        .param("id", id)
                        .param("user", user)
                        .param("organization", organization)
                        .param("now", at(now))
                        .update()
                == 1;
    }

    /** Somebody and a school of theirs, both by Clerk's ids. */
    record Pair(String user, String organization) {}

    List<Pair> membershipsOfUser(String user) {
        return pairs("clerk_user", user);
    }

    List<Pair> membershipsOfOrganization(String organization) {
        return pairs("clerk_organization", organization);
    }

    private List<Pair> pairs(String column, String id) {
        return service.sql(
                        """
                        select distinct clerk_user, clerk_organization from clerk_memberships
                         where deleted_at is null and %s = :id
                        """
                                .formatted(column))
                .param("id", id)
                .query((row, number) -> new Pair(row.getString(1), row.getString(2)))
                .list();
    }

    /** How a pair stands. */
    record Standing(
            @Nullable UUID person, @Nullable UUID school, @Nullable String role, boolean founder) {}

    Standing standing(Pair pair) {
        return service.sql(
                        """
                        select (select user_id from clerk_users
                                 where clerk_id = :user and deleted_at is null) as person,
                               (select school_id from clerk_organizations
                                 where clerk_id = :organization and deleted_at is null) as school,
                               (select role from clerk_memberships
                                 where clerk_user = :user and clerk_organization = :organization
                                   and deleted_at is null
                                 order by updated_at desc, clerk_id desc limit 1) as role,
                               exists (select from clerk_organizations
                                        where clerk_id = :organization and created_by = :user) as founder
                        """)
                .param("user", pair.user())
                .param("organization", pair.organization())
                .query((row, number) ->
                        new Standing(
                                row.getObject("person", UUID.class),
                                row.getObject("school", UUID.class),
                                row.getString("role"),
                                row.getBoolean("founder")))
                .single();
    }

    /**
     * Those known from before a time, and not deleted, by which somebody looks for what is gone.
     */
    List<String> users(Instant before) {
        return ids("select clerk_id from clerk_users where user_id is not null", before);
    }

    List<String> organizations(Instant before) {
        return ids("select clerk_id from clerk_organizations where school_id is not null", before);
    }

    private List<String> ids(String select, Instant before) {
        return service.sql(select + " and deleted_at is null and known_at < :before")
                .param("before", at(before))
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** A membership by its own id. */
    record Line(String id, String user) {}

    List<Line> memberships(String organization, Instant before) {
        return service.sql(
                        """
                        select clerk_id, clerk_user from clerk_memberships
                         where clerk_organization = :organization and deleted_at is null
                           and known_at < :before
                        """)
                .param("organization", organization)
                .param("before", at(before))
                .query((row, number) -> new Line(row.getString(1), row.getString(2)))
                .list();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
