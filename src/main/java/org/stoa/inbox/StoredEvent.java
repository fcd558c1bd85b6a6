package org.stoa.inbox;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was stored.
 *
 * @param organization whose host it came to; null for the platform's
 * @param eventId the sender's id of it
 * @param occurredAt when it happened at the sender's, as the event says
 */
@SuppressWarnings("ArrayRecordComponent") // No two events are compared.
public record StoredEvent(
        UUID id,
        String source,
        @Nullable UUID organization,
        String eventId,
        String kind,
        Instant occurredAt,
        byte[] body) {}
