package org.stoa.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;

/**
 * Reads which school a host means. It does so as the service role: the caller is not known before
 * the host is.
 */
@Repository
class OrganizationStore {
    private static final String COLUMNS =
            "select id, subdomain, name, language, accent, time_zone, closed_at";

    private final ServiceDatabase service;

    OrganizationStore(ServiceDatabase service) {
        this.service = service;
    }

    Optional<Organization> bySubdomain(String subdomain) {
        return service.sql(COLUMNS + " from organizations where subdomain = :subdomain")
                .param("subdomain", subdomain)
                .query(OrganizationStore::organization)
                .optional();
    }

    Optional<Organization> byId(UUID id) {
        return service.sql(COLUMNS + " from organizations where id = :id")
                .param("id", id)
                .query(OrganizationStore::organization)
                .optional();
    }

    private static Organization organization(ResultSet row, int number) throws SQLException {
        var closed = row.getObject("closed_at", OffsetDateTime.class);
        return new Organization(
                row.getObject("id", UUID.class),
                row.getString("subdomain"),
                row.getString("name"),
                row.getString("language"),
                row.getString("accent"),
                zone(row.getString("time_zone")),
                closed == null ? null : closed.toInstant());
    }

    /**
     * A name that this Java does not know, as an older one may not, is no reason to stay closed.
     */
    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            return ZoneOffset.UTC;
        }
    }
}
