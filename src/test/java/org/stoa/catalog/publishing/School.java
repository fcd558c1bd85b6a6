package org.stoa.catalog.publishing;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;

/** A school of its own and people in it, for one test. */
final class School {
    private static final OffsetDateTime THEN = OffsetDateTime.parse("2026-01-01T00:00:00Z");

    private final ServiceDatabase service;
    private final Ids ids;
    final Organization organization;

    School(ServiceDatabase service, Ids ids) {
        this.service = service;
        this.ids = ids;
        this.organization =
                new Organization(ids.next(), "halden-" + UUID.randomUUID(), "Halden", "en", null);
        service.sql(
                        """
                        insert into organizations (id, subdomain, name, created_at)
                        values (:id, :subdomain, 'Halden', :now)
                        """)
                .param("id", organization.id())
                .param("subdomain", organization.subdomain())
                .param("now", THEN)
                .update();
    }

    Caller member(String name, Role role) {
        var id = ids.next();
        service.sql(
                        """
                        insert into users (id, email, name, created_at)
                        values (:id, :id || '@example.org', :name, :now)
                        """)
                .param("id", id)
                .param("name", name)
                .param("now", THEN)
                .update();
        service.sql(
                        """
                        insert into organization_memberships (organization_id, user_id, role, created_at)
                        values (:school, :id, :role, :now)
                        """)
                .param("school", organization.id())
                .param("id", id)
                .param("role", role.name().toLowerCase(java.util.Locale.ROOT))
                .param("now", THEN)
                .update();
        return Caller.member(organization, id, name, role);
    }
}
