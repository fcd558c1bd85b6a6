package org.stoa.commerce;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.stoa.jobs.Jobs;
import org.stoa.shared.Ids;

/** What came of refunds that were asked for. */
@Component
class RefundEnds {
    private static final int LONGEST_DETAIL = 500;

    private final OrderStore orders;
    private final PaymentStore payments;
    private final Settlements settlements;
    private final Jobs jobs;
    private final Ids ids;
    private final Clock clock;

    RefundEnds(
            OrderStore orders,
            PaymentStore payments,
            Settlements settlements,
            Jobs jobs,
            Ids ids,
            Clock clock) {
        this.orders = orders;
        this.payments = payments;
        this.settlements = settlements;
        this.jobs = jobs;
        this.ids = ids;
        this.clock = clock;
    }

    /** Empty when it has gone already. */
    Optional<PaymentProvider.Giving> asked(UUID refund) {
        return payments.asked(refund);
    }

    /** It is gone; with all of the money, the access goes too. The job ends with it. */
    void done(PaymentProvider.Giving giving, String reference) {
        jobs.finish(() -> {
            payments.ended(giving.id(), reference, clock.instant());
            settlements.returned(giving.order());
        });
    }

    /** The provider will not do it, whenever it is asked: a person has to look. */
    void failed(PaymentProvider.Giving giving, String why) {
        jobs.finish(() -> {
            var now = clock.instant();
            payments.ended(giving.id(), null, now);
            var status = orders.lock(giving.order()).orElseThrow().status();
            var detail = why.substring(0, Math.min(why.length(), LONGEST_DETAIL));
            orders.happened(
                    new OrderStore.Happened(
                            ids.next(),
                            giving.order(),
                            now,
                            "refund-refused",
                            status,
                            null,
                            detail));
        });
    }
}
