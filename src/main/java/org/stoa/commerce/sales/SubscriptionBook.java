package org.stoa.commerce.sales;

import static org.stoa.shared.Words.say;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.commerce.Subscription;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;

/** What is paid to a school again and again. */
@Service
class SubscriptionBook {
    private final SubscriptionBookStore store;

    SubscriptionBook(SubscriptionBookStore store) {
        this.store = store;
    }

    /**
     * The newest first.
     *
     * @param status a word of {@link Subscription.Status}; empty for all
     * @throws Problem.Invalid naming {@code status} when there is no such
     */
    Slice<SubscriptionLine> list(String status, @Nullable String cursor, int limit) {
        boolean known =
                status.isEmpty()
                        || Arrays.stream(Subscription.Status.values())
                                .anyMatch(it -> it.word().equals(status));
        if (!known) {
            throw new Problem.Invalid("status", say("sales.noSuchStatus"));
        }
        var found = store.list(status, Slice.after(cursor), limit + 1);
        return Slice.of(found, limit, SubscriptionLine::order);
    }
}
