package org.stoa.stripe;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A coupon, and what it counts for.
 *
 * @param products ids; none for all
 */
record Discount(ObjectNode coupon, Set<String> products) {
    static @Nullable Discount of(StripeAccount account, String coupon) {
        var found = coupon.isEmpty() ? null : account.find("coupon", coupon);
        return found == null
                ? null
                : new Discount(found, account.appliesTo.getOrDefault(coupon, Set.of()));
    }

    boolean isFor(JsonNode line) {
        return products.isEmpty() || products.contains(Json.text(line.path("price"), "product"));
    }

    /** What it takes off this sum. */
    long off(long sum) {
        if (Json.given(coupon, "percent_off")) {
            return BigDecimal.valueOf(sum)
                    .multiply(coupon.get("percent_off").decimalValue())
                    .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP)
                    .longValueExact();
        }
        return Math.min(sum, Json.number(coupon, "amount_off"));
    }
}
