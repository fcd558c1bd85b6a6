package org.stoa.commerce.others;

import static org.stoa.shared.Words.say;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.Terms;
import org.stoa.shared.Problem;

/**
 * An order for others, as far as that matters here.
 *
 * @param title of what was bought
 * @param course the address of its course; null where it is for more than one
 */
public record Bought(
        UUID id,
        String code,
        String title,
        @Nullable String course,
        UUID buyer,
        String buyerName,
        String buyerEmail,
        Terms.Buys buys,
        OrderStatus status) {
    /**
     * @throws Problem.NotFound when they have bought none of this kind
     */
    static Bought own(Optional<Bought> order, UUID buyer, Terms.Buys buys) {
        return order.filter(it -> it.buyer().equals(buyer) && it.buys() == buys)
                .orElseThrow(() -> new Problem.NotFound(say("commerce.noOrder")));
    }

    public boolean paid() {
        return status == OrderStatus.PAID;
    }

    /** Where somebody goes on who has taken it. */
    String learnAt() {
        return course == null ? "/learn" : "/learn/" + course;
    }
}
