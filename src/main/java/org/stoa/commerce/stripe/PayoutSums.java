package org.stoa.commerce.stripe;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.stoa.commerce.payouts.Payout;
import tools.jackson.databind.JsonNode;

/**
 * What a pay-out is made of, summed up from the movements of the balance that are in it. What each
 * is stands in {@code docs.stripe.com/reports/reporting-categories}.
 */
final class PayoutSums {
    static final long PER_PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final Map<Payout.Kind, Long> sums = new EnumMap<>(Payout.Kind.class);
    private int pages;

    /** Whether one who waits for the sum can wait for another page of it. */
    boolean bearable() {
        return pages < MOST_PAGES;
    }

    /** The id of the last one; null where there is none. */
    @Nullable String add(JsonNode movements) {
        pages++;
        String last = null;
        for (var one : movements) {
            count(one);
            last = StripeData.text(one, "id");
        }
        return last;
    }

    private void count(JsonNode one) {
        var category = StripeData.text(one, "reporting_category");
        // The pay-out itself is among them.
        if (category.startsWith("payout")) {
            return;
        }
        sums.merge(kind(category), one.path("amount").asLong(0), Long::sum);
        sums.merge(Payout.Kind.FEES, -one.path("fee").asLong(0), Long::sum);
    }

    private static Payout.Kind kind(String category) {
        return switch (category) {
            case "charge", "charge_failure" -> Payout.Kind.CHARGES;
            case "refund", "refund_failure", "partial_capture_reversal" -> Payout.Kind.REFUNDS;
            case "dispute", "dispute_reversal" -> Payout.Kind.DISPUTES;
            case "fee", "network_cost", "tax" -> Payout.Kind.FEES;
            default -> Payout.Kind.OTHERS;
        };
    }

    /** What came to something; each once, in the order of its kinds. */
    List<Payout.Part> parts(String currency) {
        var parts = new ArrayList<Payout.Part>();
        sums.forEach((kind, sum) -> {
            if (sum != 0) {
                parts.add(new Payout.Part(kind, StripePayouts.movement(sum, currency)));
            }
        });
        return List.copyOf(parts);
    }
}
