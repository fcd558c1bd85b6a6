package org.stoa.commerce.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.SubscriptionCancelParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem.PriceData.Recurring.Interval;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.commerce.Order;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.commerce.PaymentProvider.Stop;
import org.stoa.commerce.Subscription;
import org.stoa.commerce.Terms;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Caller;
import tools.jackson.databind.JsonNode;

/**
 * Subscriptions at Stripe ({@code docs.stripe.com/api/subscriptions}). What is paid until when is
 * read from the paid invoices: a period begins at Stripe before it is paid.
 */
@Component
class StripeSubscriptions {
    private static final long PER_PAGE = 100;

    private final StripeCalls stripe;
    private final Ids ids;
    private final Clock clock;

    StripeSubscriptions(StripeCalls stripe, Ids ids, Clock clock) {
        this.stripe = stripe;
        this.ids = ids;
        this.clock = clock;
    }

    static SessionCreateParams.LineItem.PriceData.Recurring rhythm(Order order) {
        var year = order.terms().every() == Terms.Every.YEAR;
        return SessionCreateParams.LineItem.PriceData.Recurring.builder()
                .setInterval(year ? Interval.YEAR : Interval.MONTH)
                .build();
    }

    static SessionCreateParams.SubscriptionData data(Order order) {
        var data =
                SessionCreateParams.SubscriptionData.builder()
                        .putMetadata(StripeData.ORDER, order.id().toString())
                        .putMetadata(
                                StripeData.ORGANIZATION, Caller.current().school().id().toString());
        int days = order.terms().trialDays();
        return (days > 0 ? data.setTrialPeriodDays((long) days) : data).build();
    }

    /** How a subscription stands, with all that was paid for it; in two calls. */
    State look(StripeClient client, String reference) throws StripeException {
        var at = clock.instant();
        var one = stripe.read(client.v1().subscriptions().retrieve(reference));
        var invoices = invoices(reference);
        var until = until(invoices);
        var status = status(one);
        if (until == null) {
            return switch (status) {
                case ENDED, PAST_DUE -> new State.Failed();
                default -> new State.Awaiting();
            };
        }
        var told =
                new Subscription.Told(
                        reference,
                        StripeData.id(one, "customer"),
                        status,
                        until,
                        cancelsAt(one),
                        at);
        var paid = new ArrayList<State.Paid>();
        for (var invoice : invoices) {
            var payment = paid(invoice);
            if (payment != null) {
                paid.add(payment);
            }
        }
        return new State.Recurring(told, paid);
    }

    /** The paid ones, the oldest first. */
    private List<JsonNode> invoices(String subscription) {
        var all = new ArrayList<JsonNode>();
        stripe.<com.stripe.model.Invoice>list(
                (client, after) ->
                        client.v1()
                                .invoices()
                                .list(
                                        InvoiceListParams.builder()
                                                .setSubscription(subscription)
                                                .setStatus(InvoiceListParams.Status.PAID)
                                                .addExpand("data.payments")
                                                .setLimit(PER_PAGE)
                                                .setStartingAfter(after)
                                                .build()),
                all::addAll);
        return all.reversed();
    }

    private static @Nullable Instant until(List<JsonNode> invoices) {
        Instant last = null;
        for (var invoice : invoices) {
            for (var line : invoice.path("lines").path("data")) {
                var end = StripeData.time(line.path("period"), "end");
                if (end != null && (last == null || end.isAfter(last))) {
                    last = end;
                }
            }
        }
        return last;
    }

    private static Subscription.Status status(JsonNode subscription) {
        return switch (StripeData.text(subscription, "status")) {
            case "trialing" -> Subscription.Status.TRIALING;
            case "active" -> Subscription.Status.ACTIVE;
            case "canceled", "incomplete_expired" -> Subscription.Status.ENDED;
            default -> Subscription.Status.PAST_DUE;
        };
    }

    private static @Nullable Instant cancelsAt(JsonNode subscription) {
        var at = StripeData.time(subscription, "cancel_at");
        if (at != null || !subscription.path("cancel_at_period_end").asBoolean(false)) {
            return at;
        }
        return StripeData.time(
                subscription.path("items").path("data").path(0), "current_period_end");
    }

    /** What was paid on an invoice, by the name of the payment; null where nothing was due. */
    private static State.@Nullable Paid paid(JsonNode invoice) {
        var amount = StripeData.money(invoice, "amount_paid");
        if (amount == null || amount.amount() == 0) {
            return null;
        }
        var payment = StripeData.id(invoice, "payment_intent");
        for (var one : invoice.path("payments").path("data")) {
            if (payment.isEmpty() && StripeData.text(one, "status").equals("paid")) {
                payment = StripeData.id(one.path("payment"), "payment_intent");
            }
        }
        var paidAt = StripeData.time(invoice.path("status_transitions"), "paid_at");
        var at = paidAt == null ? StripeData.time(invoice, "created") : paidAt;
        return new State.Paid(
                amount,
                StripeData.taxOfInvoice(invoice, amount),
                payment.isEmpty() ? StripeData.text(invoice, "id") : payment,
                at == null ? Instant.EPOCH : at);
    }

    void stop(StripeClient client, Order order, String reference, Stop when)
            throws StripeException {
        try {
            if (when == Stop.NOW) {
                client.v1()
                        .subscriptions()
                        .cancel(
                                reference,
                                SubscriptionCancelParams.builder().build(),
                                StripeCalls.once("end-" + order.id()));
                return;
            }
            var params = SubscriptionUpdateParams.builder();
            if (when == Stop.AT_THE_END) {
                params.setCancelAtPeriodEnd(true);
            } else {
                params.setCancelAt(afterParts(client, order, reference).getEpochSecond())
                        .setProrationBehavior(SubscriptionUpdateParams.ProrationBehavior.NONE);
            }
            // It may be resumed and ended again: the wish of today is another one.
            var key = when + "-" + order.id() + (when == Stop.AT_THE_END ? "-" + ids.next() : "");
            client.v1().subscriptions().update(reference, params.build(), StripeCalls.once(key));
        } catch (InvalidRequestException e) {
            if (!"resource_missing".equals(e.getCode())) {
                throw e;
            }
            // It has ended already.
        }
    }

    /** The end of the last part's month, counted as Stripe counts: from the day of the first. */
    private Instant afterParts(StripeClient client, Order order, String reference)
            throws StripeException {
        var one = stripe.read(client.v1().subscriptions().retrieve(reference));
        var from = StripeData.time(one, "billing_cycle_anchor");
        int parts = Objects.requireNonNull(order.terms().parts());
        return (from == null ? clock.instant() : from)
                .atOffset(ZoneOffset.UTC)
                .plusMonths(parts)
                .toInstant();
    }

    String portal(StripeClient client, Subscription subscription, String back)
            throws StripeException {
        var params =
                com.stripe.param.billingportal.SessionCreateParams.builder()
                        .setCustomer(subscription.customer())
                        .setReturnUrl(back)
                        .build();
        UUID turn = ids.next();
        return client.v1()
                .billingPortal()
                .sessions()
                .create(params, StripeCalls.once("portal-" + turn))
                .getUrl();
    }
}
