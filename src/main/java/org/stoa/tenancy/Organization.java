package org.stoa.tenancy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A school.
 *
 * @param subdomain its name in the host, lower case ASCII letters, digits and single hyphens
 * @param language BCP 47 tag of what it speaks to people who chose nothing; {@code und} leaves that
 *     to their browsers
 * @param accent the school's colour as {@code #rrggbb}, or null for Stoa's own
 * @param timeZone by which its teachers mean the dates and times that they type
 * @param closedAt since when it is open to its administrators' export alone; null while it lives
 */
public record Organization(
        UUID id,
        String subdomain,
        String name,
        String language,
        @Nullable String accent,
        ZoneId timeZone,
        @Nullable Instant closedAt) {

    public Organization(
            UUID id,
            String subdomain,
            String name,
            String language,
            @Nullable String accent,
            ZoneId timeZone) {
        this(id, subdomain, name, language, accent, timeZone, null);
    }

    public Organization(
            UUID id, String subdomain, String name, String language, @Nullable String accent) {
        this(id, subdomain, name, language, accent, ZoneOffset.UTC);
    }
}
