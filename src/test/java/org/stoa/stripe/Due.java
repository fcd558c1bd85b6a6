package org.stoa.stripe;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens by itself when its time has come: sessions expire, subscriptions renew. */
final class Due {
    private record Item(Instant at, long number, Runnable work) {}

    private final StripeAccount account;
    private final PriorityQueue<Item> items =
            new PriorityQueue<>(Comparator.comparing(Item::at).thenComparing(Item::number));
    private long number;
    private boolean settling;

    Due(StripeAccount account) {
        this.account = account;
    }

    void add(Instant at, Runnable work) {
        items.add(new Item(at, number++, work));
    }

    void add(long seconds, Runnable work) {
        add(Instant.ofEpochSecond(seconds), work);
    }

    /** Does what has become due, each as if at its own time, in their order. */
    void settle(Instant now) {
        if (settling) {
            return;
        }
        settling = true;
        try {
            for (var next = items.peek();
                    next != null && !next.at().isAfter(now);
                    next = items.peek()) {
                items.remove();
                account.at(next.at(), next.work());
            }
        } finally {
            settling = false;
        }
    }
}
