package org.stoa.commerce.stripe;

import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.stoa.commerce.OrderBook;
import org.stoa.commerce.ProviderTrouble;
import org.stoa.commerce.SchoolRounds;
import org.stoa.commerce.Settlements;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.JobKind.Lane;
import org.stoa.jobs.Jobs;
import org.stoa.jobs.Rhythm;

/**
 * What is asked of Stripe in the background. The rounds are handed in for the schools that are paid
 * through it alone, one at a time for each; what Stripe refuses for good is left to the next one.
 */
@Component
class StripeJobs {
    private static final Logger log = LoggerFactory.getLogger(StripeJobs.class);
    private static final Duration LONGEST_ROUND = Duration.ofMinutes(30);
    private static final Duration BETWEEN_COMPARISONS = Duration.ofHours(1);

    /** Nothing is to be said about it. */
    record Round() {}

    /** Names an order whose checkout is looked at. */
    record Settle(UUID order) {}

    /** Names a payment that is looked at, or where it is not known its charge. */
    record Payment(String payment, String charge) {}

    static final JobKind<Settle> SETTLE =
            new JobKind<>("settle-by-stripe", Settle.class, Lane.CRITICAL);
    static final JobKind<Payment> PAYMENT =
            new JobKind<>("look-at-stripe-payment", Payment.class, Lane.CRITICAL);
    private static final JobKind<Round> LOOK = round("look-at-stripe");
    private static final JobKind<Round> COMPARE = round("compare-with-stripe");
    static final JobKind<Round> LOOK_ALL = round("look-at-stripe-everywhere");
    private static final JobKind<Round> COMPARE_ALL = round("compare-with-stripe-everywhere");

    private final PaymentSettings settings;
    private final SchoolRounds rounds;
    private final OrderBook orders;
    private final Settlements settlements;
    private final StripePayments payments;

    StripeJobs(
            Jobs jobs,
            PaymentSettings settings,
            SchoolRounds rounds,
            OrderBook orders,
            Settlements settlements,
            StripePayments payments,
            StripeReconciliation reconciliation,
            StripeComparison comparison,
            ReconcileSettings pace) {
        this.settings = settings;
        this.rounds = rounds;
        this.orders = orders;
        this.settlements = settlements;
        this.payments = payments;
        jobs.register(SETTLE, this::settle);
        jobs.register(PAYMENT, job -> bear(() -> comparison.look(job.payment(), job.charge())));
        jobs.register(LOOK, round -> reconciliation.look());
        jobs.register(COMPARE, round -> comparison.look());
        var now = new Round();
        jobs.recur(LOOK_ALL, now, Rhythm.every(pace.reconcileEvery()), r -> everywhere(LOOK));
        jobs.recur(COMPARE_ALL, now, Rhythm.every(BETWEEN_COMPARISONS), r -> everywhere(COMPARE));
    }

    private static JobKind<Round> round(String name) {
        return new JobKind<>(name, Round.class, Lane.DEFAULT).attempts(3).timeLimit(LONGEST_ROUND);
    }

    private void everywhere(JobKind<Round> kind) {
        rounds.handIn(kind, new Round(), settings.schools(PaymentSettings.STRIPE));
    }

    private void settle(Settle job) {
        var order = orders.find(job.order()).orElse(null);
        if (order != null && order.checkout() != null) {
            bear(() -> settlements.stands(order.id(), payments.look(order)));
        }
    }

    /** Trouble that passes has the job tried again. */
    private static void bear(Runnable work) {
        try {
            work.run();
        } catch (ProviderTrouble e) {
            if (!e.lasting()) {
                throw e;
            }
            log.warn("Stripe could not be asked: {}", e.getMessage());
        }
    }
}
