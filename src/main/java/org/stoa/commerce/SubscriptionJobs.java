package org.stoa.commerce;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.enrollment.Grants;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.JobKind.Lane;
import org.stoa.jobs.Jobs;
import org.stoa.jobs.Rhythm;

/** What becomes of subscriptions by the clock, and by what they came to. */
@Component
class SubscriptionJobs {
    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(10);

    /** Access may be given for longer than what was paid; then the school is looked at no more. */
    private static final Duration FAR_BACK = Duration.ofDays(60);

    private static final int AT_A_TIME = 100;

    /** Nothing is to be said about it. */
    record Round() {}

    static final JobKind<Round> ROUND =
            new JobKind<>("end-access-in-time", Round.class, Lane.DEFAULT).attempts(3);
    static final JobKind<Round> EVERYWHERE =
            new JobKind<>("end-access-in-time-everywhere", Round.class, Lane.DEFAULT).attempts(3);

    private final OrderStore orders;
    private final SubscriptionStore store;
    private final Settlements settlements;
    private final PaymentProviders providers;
    private final SchoolRounds rounds;
    private final Grants grants;
    private final Clock clock;

    SubscriptionJobs(
            OrderStore orders,
            SubscriptionStore store,
            Settlements settlements,
            PaymentProviders providers,
            SchoolRounds rounds,
            Grants grants,
            Jobs jobs,
            Clock clock) {
        this.orders = orders;
        this.store = store;
        this.settlements = settlements;
        this.providers = providers;
        this.rounds = rounds;
        this.grants = grants;
        this.clock = clock;
        jobs.register(Subscriptions.END, this::end);
        jobs.register(ROUND, round -> round());
        jobs.recur(EVERYWHERE, new Round(), Rhythm.every(BETWEEN_ROUNDS), it -> everywhere());
    }

    private void everywhere() {
        rounds.handIn(ROUND, new Round(), store.schools(clock.instant().minus(FAR_BACK)));
    }

    /** Seats of those whose access has ended are free again. */
    private void round() {
        UUID after = null;
        java.util.List<UUID> due;
        do {
            due = store.due(PaymentSettings.TEST, clock.instant(), after, AT_A_TIME);
            for (var order : due) {
                orders.find(order).ifPresent(this::look);
                after = order;
            }
        } while (due.size() == AT_A_TIME);
        while (grants.sweep() > 0) {
            // There may be more than are done at a time.
        }
    }

    private void end(Subscriptions.End job) {
        var order = orders.find(job.order()).orElse(null);
        var subscription = store.find(job.order()).orElse(null);
        if (order == null
                || subscription == null
                || subscription.status() == Subscription.Status.ENDED) {
            return;
        }
        try {
            providers.of(order).stop(order, subscription, job.when());
            look(order);
        } catch (ProviderTrouble e) {
            if (!e.lasting()) {
                throw e;
            }
            throw new Jobs.Hopeless(String.valueOf(e.getMessage()));
        }
    }

    private void look(Order order) {
        settlements.stands(order.id(), providers.of(order).look(order));
    }
}
