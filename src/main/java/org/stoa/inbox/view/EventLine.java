package org.stoa.inbox.view;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.inbox.EventStatus;

/**
 * An event in a list.
 *
 * @param eventId the sender's id of it
 * @param kind empty where the body did not say
 * @param tries how often it was tried so far
 * @param dueAt when it is tried next; null when it is not
 * @param reason why the last try was in vain; empty where none was
 */
public record EventLine(
        UUID id,
        String source,
        String eventId,
        String kind,
        EventStatus status,
        int tries,
        Instant receivedAt,
        @Nullable Instant dueAt,
        String reason) {}
