package org.stoa.commerce;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.stoa.jobs.Jobs;

/** What follows from orders, in the background. */
@Component
class CommerceJobs {
    private static final Logger log = LoggerFactory.getLogger(CommerceJobs.class);

    private final OrderStore orders;
    private final RefundEnds ends;
    private final PaymentProviders providers;

    CommerceJobs(Jobs jobs, OrderStore orders, RefundEnds ends, PaymentProviders providers) {
        this.orders = orders;
        this.ends = ends;
        this.providers = providers;
        jobs.register(Refunds.GIVE_BACK, this::giveBack);
    }

    /** The refund's id is the key of the call: however often it is made, it is one. */
    private void giveBack(Refunds.GiveBack job) {
        var giving = ends.asked(job.refund()).orElse(null);
        if (giving == null) {
            return;
        }
        var order = orders.find(giving.order()).orElseThrow();
        var provider = provider(order);
        try {
            var reference = provider.refund(giving);
            ends.done(giving, reference);
        } catch (ProviderTrouble e) {
            if (!e.lasting()) {
                throw e;
            }
            log.warn("The refund {} is refused for good: {}", giving.id(), e.getMessage());
            ends.failed(giving, String.valueOf(e.getMessage()));
        }
    }

    private PaymentProvider provider(Order order) {
        try {
            return providers.of(order);
        } catch (ProviderTrouble gone) {
            throw new Jobs.Hopeless(String.valueOf(gone.getMessage()));
        }
    }
}
