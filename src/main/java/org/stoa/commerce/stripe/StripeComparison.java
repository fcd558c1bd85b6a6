package org.stoa.commerce.stripe;

import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.param.ChargeListParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.stoa.commerce.Order;
import org.stoa.commerce.OrderBook;
import org.stoa.commerce.Settlements;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.tenancy.Caller;
import tools.jackson.databind.JsonNode;

/**
 * Holds what came in during the last weeks against Stripe's own list of charges: what was paid and
 * is not known here, and what went back or is disputed. For the school's office.
 */
@Component
class StripeComparison {
    private static final Duration FAR_BACK = Duration.ofDays(30);
    private static final long PER_PAGE = 100;

    private final StripeCalls stripe;
    private final StripePayments payments;
    private final StripeTroubles troubles;
    private final PaymentSettings settings;
    private final OrderBook orders;
    private final Settlements settlements;
    private final Clock clock;

    StripeComparison(
            StripeCalls stripe,
            StripePayments payments,
            StripeTroubles troubles,
            PaymentSettings settings,
            OrderBook orders,
            Settlements settlements,
            Clock clock) {
        this.stripe = stripe;
        this.payments = payments;
        this.troubles = troubles;
        this.settings = settings;
        this.orders = orders;
        this.settlements = settlements;
        this.clock = clock;
    }

    /** All charges of the last weeks. */
    void look() {
        if (!settings.current().provider().equals(PaymentSettings.STRIPE)) {
            return;
        }
        var since =
                ChargeListParams.Created.builder()
                        .setGte(clock.instant().minus(FAR_BACK).getEpochSecond())
                        .build();
        troubles.bear(() ->
                stripe.<Charge>list(
                        (client, after) ->
                                client.v1()
                                        .charges()
                                        .list(
                                                ChargeListParams.builder()
                                                        .setCreated(since)
                                                        .setLimit(PER_PAGE)
                                                        .setStartingAfter(after)
                                                        .build()),
                        this::compare));
    }

    private void compare(List<JsonNode> page) {
        var all = page.stream().map(it -> StripeData.id(it, "payment_intent")).toList();
        var known = orders.known(PaymentSettings.STRIPE, all);
        page.forEach(charge -> compare(charge, known));
    }

    private void compare(JsonNode charge, Set<String> known) {
        if (!StripeData.text(charge, "status").equals("succeeded")) {
            return;
        }
        var payment = StripeData.id(charge, "payment_intent");
        if (!known.contains(payment)) {
            StripeData.order(charge, Caller.current().school().id())
                    .flatMap(orders::find)
                    .filter(order -> order.checkout() != null)
                    .ifPresent(this::settle);
        }
        if (isUntouched(charge)) {
            return;
        }
        var before = orders.ofPayment(PaymentSettings.STRIPE, payment);
        becameOf(charge);
        before.ifPresent(it -> orders.mended(it, "Compared with Stripe"));
    }

    private void settle(Order order) {
        settlements.stands(order.id(), payments.look(order));
        orders.mended(order, "Found its charge");
    }

    /**
     * One payment, whether it is known here or not.
     *
     * @param intent empty where only its charge is known
     */
    void look(String intent, String charge) {
        becameOf(intent.isEmpty() ? charge(charge) : ofIntent(intent));
    }

    private JsonNode charge(String id) {
        return stripe.call(client -> stripe.read(client.v1().charges().retrieve(id)));
    }

    private JsonNode ofIntent(String id) {
        var whole = PaymentIntentRetrieveParams.builder().addExpand("latest_charge").build();
        JsonNode intent =
                stripe.call(
                        client -> stripe.read(client.v1().paymentIntents().retrieve(id, whole)));
        return intent.path("latest_charge");
    }

    private static boolean isUntouched(JsonNode charge) {
        return charge.path("amount_refunded").asLong(0) == 0 && !isDisputed(charge);
    }

    private static boolean isDisputed(JsonNode charge) {
        return charge.path("disputed").asBoolean(false);
    }

    /** What went back of a charge, and whether its payer disputes it. */
    private void becameOf(JsonNode charge) {
        var payment = StripeData.id(charge, "payment_intent");
        var returned = StripeData.money(charge, "amount_refunded");
        if (payment.isEmpty() || returned == null || isUntouched(charge)) {
            return;
        }
        boolean ours = StripeData.order(charge, Caller.current().school().id()).isPresent();
        if (!ours && orders.ofPayment(PaymentSettings.STRIPE, payment).isEmpty()) {
            return;
        }
        if (returned.amount() > 0) {
            settlements.refunded(PaymentSettings.STRIPE, payment, returned.amount());
        }
        if (isDisputed(charge)) {
            disputes(payment)
                    .forEach(it -> settlements.disputed(PaymentSettings.STRIPE, payment, it));
        }
    }

    private List<String> disputes(String payment) {
        var all = new ArrayList<String>();
        stripe.<Dispute>list(
                (client, after) ->
                        client.v1()
                                .disputes()
                                .list(
                                        DisputeListParams.builder()
                                                .setPaymentIntent(payment)
                                                .setLimit(PER_PAGE)
                                                .setStartingAfter(after)
                                                .build()),
                page ->
                        page.forEach(one -> {
                            var stands = StripeData.dispute(one);
                            if (stands != null) {
                                all.add(stands);
                            }
                        }));
        return all;
    }
}
