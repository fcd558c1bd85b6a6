package org.stoa.tenancy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** The schools of this installation, by the names that hosts and jobs know them by. */
@Component
public class Organizations {
    private final OrganizationStore store;
    // Absent answers are kept too, so that a scan of unknown hosts does not reach the database.
    private final Cache<String, Optional<Organization>> bySubdomain =
            Caffeine.newBuilder()
                    .maximumSize(20_000)
                    .expireAfterWrite(Duration.ofSeconds(30))
                    .build();

    Organizations(OrganizationStore store, Signals signals) {
        this.store = store;
        signals.listen(CHANGED, bySubdomain::invalidate);
    }

    /** The signal that a school was founded or its own data changed; it carries the subdomain. */
    public static final String CHANGED = "organization";

    public Optional<Organization> bySubdomain(String subdomain) {
        return bySubdomain.get(subdomain, store::bySubdomain);
    }

    public Optional<Organization> byId(UUID id) {
        return store.byId(id);
    }
}
