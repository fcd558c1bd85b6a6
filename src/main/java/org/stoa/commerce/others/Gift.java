package org.stoa.commerce.others;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody bought for somebody else. Its id is the order's.
 *
 * @param email where its link went; null where its buyer hands that over themselves
 * @param words of the buyer's; may be empty
 * @param sentAt since when it is offered so
 * @param person who took it; null for nobody
 */
public record Gift(
        UUID order,
        @Nullable String email,
        String words,
        Instant sentAt,
        @Nullable UUID person,
        String name,
        @Nullable Instant takenAt,
        @Nullable Instant until,
        boolean ended) {
    public boolean taken() {
        return person != null;
    }
}
