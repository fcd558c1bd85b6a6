package org.stoa.commerce;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Ids;

/** The school's orders, for who holds them against a provider's. For the school's office. */
@Service
public class OrderBook {
    private static final int LONGEST_DETAIL = 500;

    private final OrderStore orders;
    private final PaymentStore payments;
    private final Counter mended;
    private final Ids ids;
    private final Clock clock;

    OrderBook(
            OrderStore orders, PaymentStore payments, MeterRegistry meters, Ids ids, Clock clock) {
        this.orders = orders;
        this.payments = payments;
        this.ids = ids;
        this.clock = clock;
        mended =
                Counter.builder("stoa.commerce.mended")
                        .description("Orders that stood otherwise than their provider said")
                        .register(meters);
    }

    public Optional<Order> find(UUID id) {
        return orders.find(id);
    }

    /** The order that is paid at this checkout. */
    public Optional<Order> ofCheckout(String provider, String reference) {
        return orders.ofCheckout(provider, reference);
    }

    /** The order that a payment came in for. */
    public Optional<Order> ofPayment(String provider, String reference) {
        return payments.orderOf(provider, reference).flatMap(orders::find);
    }

    /** Those of some payments that are known here. */
    public Set<String> known(String provider, Collection<String> references) {
        return payments.known(provider, references);
    }

    /**
     * Orders that somebody may have paid by now, the oldest first.
     *
     * @param before when they were begun at the latest
     * @param after the last one of the page before; null for the first page
     */
    public List<Order> unsettled(Instant before, @Nullable UUID after, int limit) {
        return orders.unsettled(before, after, limit);
    }

    /**
     * Writes into the history of an order that its provider was asked how it stands, and that it
     * stands differently since.
     *
     * @param before as it stood
     * @return false where it stands as before
     */
    public boolean mended(Order before, String how) {
        var now = orders.find(before.id()).orElseThrow();
        if (now.status() == before.status()
                && now.paid() == before.paid()
                && now.returned() == before.returned()) {
            return false;
        }
        mended.increment();
        var detail = how.substring(0, Math.min(how.length(), LONGEST_DETAIL));
        orders.happened(
                new OrderStore.Happened(
                        ids.next(),
                        before.id(),
                        clock.instant(),
                        "mended",
                        now.status(),
                        null,
                        detail));
        return true;
    }
}
