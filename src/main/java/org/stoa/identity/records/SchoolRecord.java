package org.stoa.identity.records;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What a school says of itself.
 *
 * @param language BCP 47 tag
 * @param accent the school's colour as {@code #rrggbb}; null for Stoa's own
 */
public record SchoolRecord(
        String name, String subdomain, String language, @Nullable String accent, ZoneId timeZone) {}
