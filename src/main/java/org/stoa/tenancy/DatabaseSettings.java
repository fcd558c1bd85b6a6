package org.stoa.tenancy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where PostgreSQL is and who connects.
 *
 * @param url of the form {@code jdbc:postgresql://host:port/database}
 * @param owner migrates
 * @param app is bound by row-level security
 * @param service bypasses it
 * @param appConnections size of the pool for requests; 8 was the best on two cores
 */
@ConfigurationProperties("stoa.database")
public record DatabaseSettings(
        String url,
        Login owner,
        Login app,
        Login service,
        @DefaultValue("8") int appConnections,
        @DefaultValue("4") int serviceConnections) {
    /** Name and password of one role. */
    public record Login(String username, String password) {}
}
