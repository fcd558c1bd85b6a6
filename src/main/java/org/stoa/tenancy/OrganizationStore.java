package org.stoa.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Repository;

/**
 * Reads which school a host means. It does so as the service role: the caller is not known before
 * the host is.
 */
@Repository
class OrganizationStore {
    private static final String COLUMNS = "select id, subdomain, name, language, accent";

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
        return new Organization(
                row.getObject("id", UUID.class),
                row.getString("subdomain"),
                row.getString("name"),
                row.getString("language"),
                row.getString("accent"));
    }
}
