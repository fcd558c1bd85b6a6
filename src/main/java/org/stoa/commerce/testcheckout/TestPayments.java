package org.stoa.commerce.testcheckout;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.stoa.commerce.Order;
import org.stoa.commerce.PaymentProvider;
import org.stoa.commerce.ProviderTrouble;
import org.stoa.commerce.Subscription;
import org.stoa.commerce.settings.PaymentSettings;

/** The provider that moves no money. */
@Component
class TestPayments implements PaymentProvider {
    private static final Duration OPEN_FOR = Duration.ofHours(24);

    private final TestCheckoutStore store;
    private final TestRenewals renewals;
    private final Clock clock;

    TestPayments(TestCheckoutStore store, TestRenewals renewals, Clock clock) {
        this.store = store;
        this.renewals = renewals;
        this.clock = clock;
    }

    @Override
    public String name() {
        return PaymentSettings.TEST;
    }

    @Override
    public Order.Checkout begin(Order order, Buyer buyer) {
        var ends = clock.instant().plus(OPEN_FOR);
        store.open(order.id(), ends);
        return new Order.Checkout(
                "test_" + order.id(), buyer.root() + "/checkout/" + order.id(), ends);
    }

    @Override
    public State look(Order order) {
        var row =
                store.find(order.id())
                        .orElseThrow(() -> new ProviderTrouble(true, "There is no such checkout"));
        return switch (row.state()) {
            case "paid" ->
                    order.terms().recurs()
                            ? renewals.look(order, Objects.requireNonNull(row.paidAt()))
                            : new State.Paid(
                                    order.price(),
                                    "test_" + order.id(),
                                    Objects.requireNonNull(row.paidAt()));
            case "awaiting" -> new State.Awaiting();
            case "expired" -> new State.Expired();
            default ->
                    row.endsAt().isAfter(clock.instant()) ? new State.Open() : new State.Expired();
        };
    }

    @Override
    public State end(Order order) {
        store.become(order.id(), "expired", clock.instant());
        return look(order);
    }

    @Override
    public void stop(Order order, Subscription subscription, Stop when) {
        renewals.stop(order, subscription, when);
    }

    @Override
    public String portal(Subscription subscription, String root, String back) {
        return root + "/checkout/" + subscription.order() + "/renewals";
    }

    @Override
    public String refund(Giving giving) {
        return "test_" + giving.id();
    }
}
