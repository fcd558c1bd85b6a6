package org.stoa.commerce.stripe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.commerce.Order;
import org.stoa.commerce.OrderBook;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.commerce.Settlements;
import org.stoa.commerce.Subscriptions;
import org.stoa.commerce.billing.Tax;
import org.stoa.commerce.settings.PaymentSettings;
import org.stoa.inbox.Announced;
import org.stoa.inbox.Effect;
import org.stoa.jobs.Job;
import org.stoa.jobs.Jobs;
import org.stoa.tenancy.Caller;
import tools.jackson.databind.JsonNode;

/**
 * What follows from an event of Stripe's, read as it was written. What it does not say clearly, in
 * whichever version of the API, is asked for by a job. For the school's office.
 */
@Component
class StripeEvents {
    private static final String COMPLETED = "checkout.session.completed";
    private static final String SUCCEEDED = "checkout.session.async_payment_succeeded";
    private static final String FAILED = "checkout.session.async_payment_failed";
    private static final String EXPIRED = "checkout.session.expired";
    private static final String REFUNDED = "charge.refunded";
    private static final Set<String> SESSIONS = Set.of(COMPLETED, SUCCEEDED, FAILED, EXPIRED);
    private static final Set<String> RENEWALS =
            Set.of(
                    "invoice.paid",
                    "invoice.payment_failed",
                    "customer.subscription.updated",
                    "customer.subscription.deleted");
    private static final Set<String> REFUNDS =
            Set.of("charge.refund.updated", "refund.created", "refund.updated", "refund.failed");
    private static final Set<String> DISPUTES =
            Set.of(
                    "charge.dispute.created",
                    "charge.dispute.updated",
                    "charge.dispute.closed",
                    "charge.dispute.funds_withdrawn",
                    "charge.dispute.funds_reinstated");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Pattern KIND = Pattern.compile("[\\x21-\\x7e]{1,200}");

    /** At most twenty: more cannot be asked for at once. */
    static final List<String> KINDS =
            List.copyOf(
                    java.util.stream.Stream.of(
                                    SESSIONS, RENEWALS, REFUNDS, DISPUTES, Set.of(REFUNDED))
                            .flatMap(Set::stream)
                            .sorted()
                            .toList());

    private final OrderBook orders;
    private final Settlements settlements;
    private final Subscriptions subscriptions;
    private final Jobs jobs;

    StripeEvents(
            OrderBook orders, Settlements settlements, Subscriptions subscriptions, Jobs jobs) {
        this.orders = orders;
        this.subscriptions = subscriptions;
        this.settlements = settlements;
        this.jobs = jobs;
    }

    /**
     * @throws IllegalArgumentException when it is no event
     */
    static Announced announced(JsonNode event, Instant now) {
        var id = StripeData.text(event, "id");
        var kind = StripeData.text(event, "type");
        if (!ID.matcher(id).matches() || !KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("It has no id, or no type");
        }
        var created = StripeData.time(event, "created");
        return new Announced(id, kind, created == null ? now : created, Map.of());
    }

    List<Effect> apply(String kind, JsonNode object, Instant at) {
        if (SESSIONS.contains(kind)) {
            return session(kind, object, at);
        }
        if (RENEWALS.contains(kind)) {
            return ofSubscription(object).map(this::ask).orElse(List.of());
        }
        if (kind.equals(REFUNDED)) {
            return refunded(object);
        }
        return DISPUTES.contains(kind) ? disputed(object) : ask(object);
    }

    /** The order that an event is about; empty where it is none of this school's. */
    Optional<Order> about(String kind, JsonNode object) {
        if (SESSIONS.contains(kind)) {
            return ofSession(object);
        }
        if (RENEWALS.contains(kind)) {
            return ofSubscription(object);
        }
        var payment = StripeData.id(object, "payment_intent");
        return orders.ofPayment(PaymentSettings.STRIPE, payment);
    }

    /**
     * By what we wrote into the session, or by its being the order's own; what stands as {@code
     * client_reference_id} alone may come out of anybody's address bar.
     */
    private Optional<Order> ofSession(JsonNode session) {
        return StripeData.order(session, Caller.current().school().id())
                .flatMap(orders::find)
                .filter(order -> order.provider().equals(PaymentSettings.STRIPE))
                .or(() ->
                        orders.ofCheckout(PaymentSettings.STRIPE, StripeData.text(session, "id")));
    }

    /** By what we wrote into the subscription, or by its being the order's own. */
    private Optional<Order> ofSubscription(JsonNode object) {
        var school = Caller.current().school().id();
        return StripeData.subscribed(object, school)
                .flatMap(orders::find)
                .or(() ->
                        subscriptions
                                .orderOf(PaymentSettings.STRIPE, StripeData.subscription(object))
                                .flatMap(orders::find))
                .filter(order -> order.provider().equals(PaymentSettings.STRIPE))
                .filter(order -> order.checkout() != null);
    }

    /** Only Stripe knows how a subscription stands by now, whatever came first. */
    private List<Effect> ask(Order order) {
        jobs.enqueue(
                Job.of(StripeJobs.SETTLE, new StripeJobs.Settle(order.id()))
                        .key("order " + order.id()));
        return List.of(new Effect("order.asked", order.code()));
    }

    private List<Effect> session(String kind, JsonNode session, Instant at) {
        var order = ofSession(session).orElse(null);
        if (order == null) {
            return List.of();
        }
        var state = told(kind, session, at);
        boolean begun = order.terms().recurs() && !(state instanceof State.Expired);
        if (state == null || begun || isLate(order, state) || hidesTax(order, session)) {
            return ask(order);
        }
        var checkout = order.checkout();
        var reference = checkout == null ? "" : checkout.reference();
        boolean own = reference.equals(StripeData.text(session, "id"));
        if (!own && !(state instanceof State.Paid)) {
            return List.of();
        }
        if (own && state instanceof State.Paid && order.paid() > 0) {
            // A session is paid once, by whatever name its payment is told.
            return stands(order, order.status());
        }
        return stands(order, settlements.stands(order.id(), state));
    }

    /** What an event says of its session; null where it contradicts itself, or says too little. */
    private static @Nullable State told(String kind, JsonNode session, Instant at) {
        boolean complete = kind.equals(COMPLETED) || kind.equals(SUCCEEDED);
        var state = complete ? StripeData.completed(session, at) : StripeData.state(session, at);
        return switch (kind) {
            case COMPLETED ->
                    state instanceof State.Paid || state instanceof State.Awaiting ? state : null;
            case SUCCEEDED -> state instanceof State.Paid ? state : null;
            case FAILED -> state instanceof State.Paid || state == null ? null : new State.Failed();
            default -> state instanceof State.Expired ? state : null;
        };
    }

    private static boolean hidesTax(Order order, JsonNode session) {
        return order.terms().tax() != Tax.NONE && !StripeData.saysTax(session);
    }

    /** Whether it was overtaken, so that only Stripe knows which of the two is true now. */
    private static boolean isLate(Order order, State state) {
        return switch (state) {
            case State.Awaiting a ->
                    order.status() != OrderStatus.PENDING && order.status() != OrderStatus.PAID;
            case State.Expired e -> order.status() == OrderStatus.AWAITING;
            default -> false;
        };
    }

    private List<Effect> refunded(JsonNode charge) {
        var payment = StripeData.id(charge, "payment_intent");
        var amount = StripeData.money(charge, "amount_refunded");
        if (payment.isEmpty() || amount == null) {
            return ask(charge);
        }
        boolean ours = StripeData.order(charge, Caller.current().school().id()).isPresent();
        if (!ours && orders.ofPayment(PaymentSettings.STRIPE, payment).isEmpty()) {
            return List.of();
        }
        settlements.refunded(PaymentSettings.STRIPE, payment, amount.amount());
        return stands(payment);
    }

    private List<Effect> disputed(JsonNode dispute) {
        var payment = StripeData.id(dispute, "payment_intent");
        var known = orders.ofPayment(PaymentSettings.STRIPE, payment);
        var stands = StripeData.dispute(dispute);
        if (payment.isEmpty() || known.isEmpty()) {
            return ask(dispute);
        }
        if (stands == null) {
            return List.of();
        }
        settlements.disputed(PaymentSettings.STRIPE, payment, stands);
        return stands(payment);
    }

    /** Has a payment looked at, of which the event does not say enough. */
    private List<Effect> ask(JsonNode object) {
        var payment = StripeData.id(object, "payment_intent");
        var charge = charge(object);
        if (payment.isEmpty() && charge.isEmpty()) {
            return List.of();
        }
        var which = payment.isEmpty() ? charge : payment;
        jobs.enqueue(
                Job.of(StripeJobs.PAYMENT, new StripeJobs.Payment(payment, charge))
                        .key("payment " + which.substring(0, Math.min(which.length(), 100))));
        return List.of(new Effect("payment.asked", which));
    }

    private static String charge(JsonNode object) {
        boolean itself = StripeData.text(object, "object").equals("charge");
        return itself ? StripeData.text(object, "id") : StripeData.id(object, "charge");
    }

    private List<Effect> stands(String payment) {
        return orders.ofPayment(PaymentSettings.STRIPE, payment)
                .map(order -> stands(order, order.status()))
                .orElse(List.of(new Effect("payment.noted", payment)));
    }

    private static List<Effect> stands(Order order, @Nullable OrderStatus status) {
        return status == null
                ? List.of()
                : List.of(new Effect("order." + status.word(), order.code()));
    }
}
