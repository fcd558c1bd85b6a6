package org.stoa.enrollment.waiting;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for a place.
 *
 * @param offeredAt since when it is their turn; null before
 * @param heldUntil when a place that is kept for them goes to the next
 */
public record Waiting(
        UUID person,
        String name,
        String email,
        Instant since,
        @Nullable Instant offeredAt,
        @Nullable Instant heldUntil) {}
