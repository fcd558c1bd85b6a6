package org.stoa.tenancy;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A school.
 *
 * @param subdomain its name in the host, lower case ASCII letters, digits and single hyphens
 * @param language BCP 47 tag
 * @param accent the school's colour as {@code #rrggbb}, or null for Stoa's own
 */
public record Organization(
        UUID id, String subdomain, String name, String language, @Nullable String accent) {}
