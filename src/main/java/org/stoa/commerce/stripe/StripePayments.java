package org.stoa.commerce.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.model.checkout.Session;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.stripe.param.checkout.SessionRetrieveParams;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.stoa.commerce.Order;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.PaymentProvider;
import org.stoa.commerce.ProviderTrouble;
import org.stoa.commerce.Subscription;
import org.stoa.commerce.Subscriptions;
import org.stoa.commerce.billing.Tax;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.tenancy.Caller;

/** Payments by Stripe Checkout ({@code docs.stripe.com/api/checkout/sessions}). */
@Component
class StripePayments implements PaymentProvider {
    /** A little less than the day that Stripe allows: two clocks differ. */
    private static final Duration OPEN_FOR = Duration.ofHours(24).minusMinutes(10);

    /**
     * For so long the same call is the same checkout. Then it may be another: Stripe repeats an
     * answer of before for a day, also one that it broke.
     */
    private static final Duration TURN = Duration.ofMinutes(5);

    private static final Duration AFTER_THE_END = Duration.ofHours(1);
    private static final long PER_PAGE = 100;

    private final StripeCalls stripe;
    private final StripeSubscriptions recurring;
    private final Subscriptions subscriptions;
    private final Clock clock;

    StripePayments(
            StripeCalls stripe,
            StripeSubscriptions recurring,
            Subscriptions subscriptions,
            Clock clock) {
        this.stripe = stripe;
        this.recurring = recurring;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return PaymentSettings.STRIPE;
    }

    @Override
    public Order.Checkout begin(Order order, Buyer buyer) {
        long turn = Duration.between(order.createdAt(), clock.instant()).dividedBy(TURN);
        var ends = order.createdAt().plus(TURN.multipliedBy(Math.max(turn, 0))).plus(OPEN_FOR);
        var session = begin(order, buyer, ends);
        if (session.getUrl() == null) {
            throw new ProviderTrouble(true, "Stripe names no page for " + session.getId());
        }
        var until = session.getExpiresAt();
        return new Order.Checkout(
                session.getId(),
                session.getUrl(),
                until == null ? ends : Instant.ofEpochSecond(until));
    }

    private Session begin(Order order, Buyer buyer, Instant ends) {
        try {
            return stripe.call(client -> begin(client, order, buyer, ends));
        } catch (ProviderTrouble e) {
            throw order.terms().tax() != Tax.NONE && StripeErrors.ofTax(e) ? e.aboutTax() : e;
        }
    }

    private static Session begin(StripeClient client, Order order, Buyer buyer, Instant ends)
            throws StripeException {
        var params = params(order, buyer, ends);
        // The same key means the same parameters, and some of them are not the order's.
        var tax = order.terms().tax().word();
        var about =
                String.join(" ", ends.toString(), buyer.email(), buyer.done(), buyer.back(), tax);
        var key = "checkout-" + order.id() + "-" + digest(about);
        var sessions = client.v1().checkout().sessions();
        try {
            return sessions.create(params.build(), StripeCalls.once(key));
        } catch (InvalidRequestException e) {
            if (!"customer_email".equals(e.getParam())) {
                throw e;
            }
            params.setCustomerEmail(null);
            return sessions.create(params.build(), StripeCalls.once(key + "-without-email"));
        } catch (StripeException e) {
            if (!StripeErrors.broken(e)) {
                throw e;
            }
            return sessions.create(params.build(), StripeCalls.once(key + "-again"));
        }
    }

    private static UUID digest(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SessionCreateParams.Builder params(Order order, Buyer buyer, Instant ends) {
        boolean recurs = order.terms().recurs();
        var id = order.id().toString();
        var school = Caller.current().school().id().toString();
        var params =
                SessionCreateParams.builder()
                        .setMode(recurs ? Mode.SUBSCRIPTION : Mode.PAYMENT)
                        .addLineItem(
                                LineItem.builder()
                                        .setQuantity(1L)
                                        .setPriceData(price(order))
                                        .build())
                        .setClientReferenceId(id)
                        .putMetadata(StripeData.ORDER, id)
                        .putMetadata(StripeData.ORGANIZATION, school)
                        .setSuccessUrl(buyer.done())
                        .setCancelUrl(buyer.back())
                        .setExpiresAt(ends.getEpochSecond());
        if (recurs) {
            params.setSubscriptionData(StripeSubscriptions.data(order));
        } else {
            params.setPaymentIntentData(
                    PaymentIntentData.builder()
                            .putMetadata(StripeData.ORDER, id)
                            .putMetadata(StripeData.ORGANIZATION, school)
                            .build());
        }
        if (order.terms().tax() != Tax.NONE) {
            taxed(params);
        }
        return buyer.email().isEmpty() ? params : params.setCustomerEmail(buyer.email());
    }

    private static PriceData price(Order order) {
        var price =
                PriceData.builder()
                        .setCurrency(StripeMoney.currency(order.price()))
                        .setUnitAmount(StripeMoney.amount(order.price()))
                        .setProductData(
                                PriceData.ProductData.builder().setName(order.title()).build());
        if (order.terms().recurs()) {
            price.setRecurring(StripeSubscriptions.rhythm(order));
        }
        return switch (order.terms().tax()) {
            case NONE -> price.build();
            case INCLUDED -> price.setTaxBehavior(PriceData.TaxBehavior.INCLUSIVE).build();
            case ON_TOP -> price.setTaxBehavior(PriceData.TaxBehavior.EXCLUSIVE).build();
        };
    }

    /**
     * Has Stripe reckon the tax by the address that the payer gives there. The customer is new each
     * time, and keeps that address for its renewals ({@code docs.stripe.com/tax/checkout}).
     */
    private static void taxed(SessionCreateParams.Builder params) {
        params.setAutomaticTax(SessionCreateParams.AutomaticTax.builder().setEnabled(true).build())
                .setBillingAddressCollection(SessionCreateParams.BillingAddressCollection.REQUIRED)
                .setTaxIdCollection(
                        SessionCreateParams.TaxIdCollection.builder().setEnabled(true).build());
    }

    @Override
    public State look(Order order) {
        try {
            return stripe.call(client -> look(client, order));
        } catch (ProviderTrouble e) {
            // The school may be with another account by now, which knows nothing of this checkout.
            if (e.lasting() && over(order)) {
                return new State.Expired();
            }
            throw e;
        }
    }

    private boolean over(Order order) {
        return order.status() == OrderStatus.PENDING
                && checkout(order).endsAt().plus(AFTER_THE_END).isBefore(clock.instant());
    }

    private State look(StripeClient client, Order order) throws StripeException {
        if (order.terms().recurs()) {
            var known = subscriptions.of(order.id()).orElse(null);
            if (known != null) {
                return recurring.look(client, known.reference());
            }
        }
        var whole =
                SessionRetrieveParams.builder().addExpand("payment_intent.latest_charge").build();
        var session =
                client.v1().checkout().sessions().retrieve(checkout(order).reference(), whole);
        var read = stripe.read(session);
        var subscription = StripeData.id(read, "subscription");
        if (StripeData.text(read, "status").equals("complete") && !subscription.isEmpty()) {
            return recurring.look(client, subscription);
        }
        var state = StripeData.state(read, clock.instant());
        if (state == null) {
            throw new ProviderTrouble(true, "Stripe does not say how " + session.getId() + " is");
        }
        return state;
    }

    @Override
    public State end(Order order) {
        try {
            return stripe.call(client -> {
                try {
                    client.v1().checkout().sessions().expire(checkout(order).reference());
                    return new State.Expired();
                } catch (InvalidRequestException notOpen) {
                    return look(client, order);
                }
            });
        } catch (ProviderTrouble e) {
            if (e.lasting() && over(order)) {
                return new State.Expired();
            }
            throw e;
        }
    }

    @Override
    public void stop(Order order, Subscription subscription, Stop when) {
        stripe.call(client -> {
            recurring.stop(client, order, subscription.reference(), when);
            return subscription;
        });
    }

    @Override
    public String portal(Subscription subscription, String root, String back) {
        return stripe.call(client -> recurring.portal(client, subscription, back));
    }

    private static Order.Checkout checkout(Order order) {
        return Objects.requireNonNull(order.checkout(), "The order has no checkout");
    }

    @Override
    public String refund(Giving giving) {
        var refund = stripe.call(client -> refund(client, giving));
        if ("failed".equals(refund.getStatus()) || "canceled".equals(refund.getStatus())) {
            throw new ProviderTrouble(
                    true, "Stripe could not give the money back: " + refund.getFailureReason());
        }
        return refund.getId();
    }

    private Refund refund(StripeClient client, Giving giving) throws StripeException {
        var params =
                RefundCreateParams.builder()
                        .setPaymentIntent(giving.payment())
                        .setAmount(StripeMoney.amount(giving.amount()))
                        .putMetadata(StripeData.REFUND, giving.id().toString())
                        .build();
        var key = "refund-" + giving.id();
        try {
            return client.v1().refunds().create(params, StripeCalls.once(key));
        } catch (StripeException e) {
            if (!StripeErrors.broken(e)) {
                throw e;
            }
            // The answer under this key stays broken: whether it was done is seen in the list.
            for (var one : client.v1().refunds().list(of(giving)).getData()) {
                if (giving.id().toString().equals(one.getMetadata().get(StripeData.REFUND))) {
                    return one;
                }
            }
            long turn = clock.instant().getEpochSecond() / TURN.toSeconds();
            return client.v1().refunds().create(params, StripeCalls.once(key + "-" + turn));
        }
    }

    private static RefundListParams of(Giving giving) {
        return RefundListParams.builder()
                .setPaymentIntent(giving.payment())
                .setLimit(PER_PAGE)
                .build();
    }
}
