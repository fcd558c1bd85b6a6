package org.stoa.commerce;

import static org.stoa.shared.Words.say;

import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/** What whoever pays a subscription may do about it. */
@Service
public class OwnSubscriptions {
    private static final Logger log = LoggerFactory.getLogger(OwnSubscriptions.class);

    private final OrderStore orders;
    private final Subscriptions subscriptions;
    private final Settlements settlements;
    private final PaymentProviders providers;

    OwnSubscriptions(
            OrderStore orders,
            Subscriptions subscriptions,
            Settlements settlements,
            PaymentProviders providers) {
        this.orders = orders;
        this.subscriptions = subscriptions;
        this.settlements = settlements;
        this.providers = providers;
    }

    /** An order of the caller's, with its subscription. */
    record Own(Order order, Subscription subscription) {}

    /** Empty where the order has none, or is none of the caller's. */
    public Optional<Subscription> of(UUID order) {
        var person = Caller.current().personId();
        return Office.here()
                .get(() ->
                        orders.find(order)
                                .filter(it -> it.person().equals(person) && it.terms().recurs())
                                .flatMap(it -> subscriptions.of(order)));
    }

    /**
     * The address of the page where its payer sees to it.
     *
     * @param root of the school's site, without a slash at the end
     * @throws Problem.NotFound when the caller has no such subscription
     * @throws Problem.Conflict when the provider has no such page now
     */
    public String portal(UUID order, String root) {
        return asked(
                order,
                own ->
                        providers
                                .of(own.order())
                                .portal(own.subscription(), root, root + "/orders/" + order));
    }

    /**
     * It is not renewed any more; what is paid is theirs until it is over.
     *
     * @throws Problem.NotFound when the caller has no such subscription
     * @throws Problem.Conflict when it cannot be ended, or not now
     */
    public void cancel(UUID order) {
        asked(
                order,
                own -> {
                    if (own.order().terms().kind() != Terms.Kind.SUBSCRIPTION) {
                        throw new Problem.Conflict(say("commerce.renewal.parts"));
                    }
                    if (own.subscription().renews()) {
                        var provider = providers.of(own.order());
                        provider.stop(
                                own.order(), own.subscription(), PaymentProvider.Stop.AT_THE_END);
                        settlements.stands(order, provider.look(own.order()));
                    }
                    return "";
                });
    }

    private String asked(UUID order, java.util.function.Function<Own, String> ask) {
        var person = Caller.current().personId();
        return Office.here()
                .get(() -> {
                    var own =
                            orders.find(order)
                                    .filter(it -> it.person().equals(person))
                                    .flatMap(it ->
                                            subscriptions.of(order).map(one -> new Own(it, one)))
                                    .orElseThrow(Refunds::noOrder);
                    try {
                        return ask.apply(own);
                    } catch (ProviderTrouble e) {
                        log.warn(
                                "The provider of {} was asked: {}",
                                own.order().code(),
                                e.getMessage());
                        throw new Problem.Conflict(say("commerce.renewal.away"));
                    }
                });
    }
}
