package org.stoa.stripe;

import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** What is known of a subscription beside what it shows. */
final class Cycle {
    private final ArrayNode lines;
    private final int taxRate;
    private final String coupon;
    private final @Nullable Instant couponEnds;
    private final Instant anchor;
    int periods;
    int attempts;

    Cycle(ArrayNode lines, int rate, String coupon, @Nullable Instant ends, Instant anchor) {
        this.lines = lines;
        this.taxRate = rate;
        this.coupon = coupon;
        this.couponEnds = ends;
        this.anchor = anchor;
    }

    /** What is paid for each period: objects of the kind {@code item}. */
    ArrayNode lines() {
        return lines;
    }

    int taxRate() {
        return taxRate;
    }

    String coupon() {
        return coupon;
    }

    @Nullable Instant couponEnds() {
        return couponEnds;
    }

    Instant anchor() {
        return anchor;
    }

    /**
     * The end of the period that is going on, counted from the first: no day is lost in February.
     */
    long end() {
        var recurring = lines.get(0).path("price").path("recurring");
        long count = periods * Math.max(1, Json.number(recurring, "interval_count"));
        var from = anchor.atOffset(ZoneOffset.UTC);
        var end =
                switch (Json.text(recurring, "interval")) {
                    case "day" -> from.plusDays(count);
                    case "week" -> from.plusWeeks(count);
                    case "year" -> from.plusYears(count);
                    default -> from.plusMonths(count);
                };
        return end.toEpochSecond();
    }
}
