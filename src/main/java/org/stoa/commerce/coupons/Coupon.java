package org.stoa.commerce.coupons;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Money;

/**
 * What is taken off a price, for whoever knows its code: a share of it or a sum.
 *
 * @param code in capitals
 * @param percent of a hundred; null where it is a sum
 * @param amount the sum; null where it is a share
 * @param offer the one offer it is for; null for all
 * @param offerTitle that one's; null for all
 * @param startsAt null where it holds from the beginning
 * @param endsAt null where it has no end
 * @param mostUses null where there is no limit
 * @param oncePerson nobody uses it twice
 * @param active it was not withdrawn
 * @param uses orders with it that are paid, or may be soon
 */
public record Coupon(
        UUID id,
        String code,
        @Nullable Integer percent,
        @Nullable Money amount,
        @Nullable UUID offer,
        @Nullable String offerTitle,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable Integer mostUses,
        boolean oncePerson,
        boolean active,
        Instant createdAt,
        long uses) {
    /** What it takes off, as it is said: {@code €10}, {@code 20 %}. */
    public String worth() {
        return amount == null
                ? org.stoa.shared.Words.say("offers.percent", String.valueOf(percent))
                : amount.said();
    }

    public boolean usedUp() {
        return mostUses != null && uses >= mostUses;
    }

    public boolean begun(Instant now) {
        return startsAt == null || !startsAt.isAfter(now);
    }

    public boolean ended(Instant now) {
        return endsAt != null && !endsAt.isAfter(now);
    }
}
