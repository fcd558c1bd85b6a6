package org.stoa.identity.members;

import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.stoa.tenancy.Role;

/** The people of one school. */
@Repository
class MemberStore {
    private final JdbcClient jdbc;

    MemberStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param after the last one of the page before
     */
    List<Members.Member> list(
            String q,
            @Nullable Role role,
            @Nullable Boolean suspended,
            @Nullable UUID after,
            int limit) {
        return jdbc.sql(
                        """
                        select u.id, u.name, u.email, m.role, m.status, m.created_at
                          from organization_memberships m
                          join users u on u.id = m.user_id
                         where m.organization_id = (select current_organization())
                           and (:q = '' or u.name ilike :pattern or u.email ilike :pattern)
                           and (:role = '' or m.role = :role)
                           and (:status = '' or m.status = :status)
                           and (cast(:after as uuid) is null or (lower(u.name), u.id)
                                > (select lower(name), id from users where id = cast(:after as uuid)))
                         order by lower(u.name), u.id
                         limit :limit
                        """)
                .param("q", q)
                .param("pattern", "%" + q.replaceAll("([%_\\\\])", "\\\\$1") + "%")
                .param("role", role == null ? "" : role.word())
                .param("status", suspended == null ? "" : suspended ? "suspended" : "active")
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
}
