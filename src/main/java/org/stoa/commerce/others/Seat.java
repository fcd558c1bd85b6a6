package org.stoa.commerce.others;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of the seats that somebody bought for a team.
 *
 * @param email whom it was offered to; null where whoever has it was not asked by mail
 * @param person who has it; null for nobody
 * @param name theirs; empty for nobody
 * @param invitedAt since when it is offered; null where it is not
 */
public record Seat(
        UUID id,
        UUID order,
        @Nullable String email,
        @Nullable UUID person,
        String name,
        @Nullable Instant invitedAt,
        @Nullable Instant takenAt,
        boolean ended) {
    public boolean taken() {
        return person != null;
    }

    /** Nobody has it, and it is offered to nobody. */
    public boolean free() {
        return person == null && invitedAt == null;
    }

    /** As JSON says it. */
    String word() {
        return taken() ? "taken" : free() ? "free" : "invited";
    }
}
