package org.stoa.commerce;

import java.util.UUID;

/**
 * A subscription was not paid when its time came; told once for each such time, inside the
 * transaction that wrote it down.
 */
public record RenewalFailed(UUID organization, UUID order, UUID person) {}
