package org.stoa.stripe;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Subscriptions as time passes: trials end, periods renew, failed renewals are tried again and
 * given up. Source: docs.stripe.com/billing/subscriptions/overview.
 */
final class Billing {
    private final StripeAccount account;
    private final Map<String, Cycle> cycles = new HashMap<>();
    private List<Duration> retries =
            List.of(Duration.ofDays(3), Duration.ofDays(5), Duration.ofDays(7));

    Billing(StripeAccount account) {
        this.account = account;
    }

    void retries(List<Duration> waits) {
        retries = List.copyOf(waits);
    }

    /** Days of trial that a session gives, 0 for none. */
    static long trialDays(JsonNode data, StripeAccount account) {
        if (Json.given(data, "trial_end") && data.get("trial_end").isNumber()) {
            return Math.max(0, (Json.number(data, "trial_end") - account.seconds()) / 86_400);
        }
        return Json.number(data, "trial_period_days");
    }

    /** A session of the mode {@code subscription} is paid, or not. */
    Attempt subscribe(ObjectNode session, SessionPlan plan, Card card, Shopper shopper) {
        if (card == Card.CHALLENGED) {
            plan.waitFor(shopper, card);
            return new Attempt.NextStep();
        }
        var intent = firstIntent(session);
        if (card.declines(false)) {
            var error =
                    intent == null
                            ? card.refusal().asLastError()
                            : account.payments().decline(intent, card, shopper);
            return new Attempt.Declined(Json.text(error, "code"), Json.text(error, "message"));
        }
        if (Json.text(session, "customer").isEmpty()) {
            session.put("customer", Json.id(Customers.of(account, shopper)));
        }
        account.cards.put(Json.text(session, "customer"), card);
        var invoice = new NewSubscription(account, session, plan, shopper).begin();
        var status = intent == null ? "no_payment_required" : "paid";
        if (intent != null) {
            intent.set("customer", session.get("customer"));
        }
        if (card == Card.BANK_DEBIT && intent != null) {
            status = "unpaid";
            plan.waitFor(shopper, card);
            plan.debit(Json.id(intent));
            account.payments().process(intent, card, shopper);
        } else {
            if (intent != null) {
                account.payments().succeed(intent, card, shopper);
            }
            account.invoicing().paid(invoice, intent);
        }
        return account.checkout().complete(session, status, shopper);
    }

    private @Nullable ObjectNode firstIntent(ObjectNode session) {
        long total = Json.number(session, "amount_total");
        return total == 0
                ? null
                : account.payments()
                        .intent(
                                total,
                                Json.text(session, "currency"),
                                Json.orNull(session, "customer"),
                                Json.object());
    }

    /** The debit for the first period came through, or came back. */
    void settle(ObjectNode session, ObjectNode intent, boolean well) {
        var invoice = account.require("invoice", Json.text(session, "invoice"), "invoice");
        if (well) {
            account.invoicing().paid(invoice, intent);
        } else {
            account.invoicing().failed(invoice, intent, null);
            status(
                    account.require("subscription", Json.text(session, "subscription"), "id"),
                    "past_due");
        }
    }

    /** From now on it renews by itself. */
    void follow(ObjectNode subscription, Cycle cycle, long end, boolean trial) {
        cycles.put(Json.id(subscription), cycle);
        if (trial && end - account.seconds() > 3 * 86_400) {
            account.due().add(end - 3 * 86_400, () -> trialEndsSoon(subscription));
        }
        account.due().add(end, () -> periodEnds(subscription));
    }

    private void trialEndsSoon(ObjectNode subscription) {
        if (Json.text(subscription, "status").equals("trialing")) {
            account.tell("customer.subscription.trial_will_end", subscription);
        }
    }

    /** A period is over: the next begins, or nothing more. */
    private void periodEnds(ObjectNode subscription) {
        if (isOver(subscription)) {
            return;
        }
        long now = account.seconds();
        if (Json.yes(subscription, "cancel_at_period_end")) {
            cancel(subscription, "cancellation_requested");
            return;
        }
        var cycle = cycle(subscription);
        cycle.periods++;
        long end = cycle.end();
        var before = subscription.deepCopy();
        for (var item : subscription.path("items").path("data")) {
            ((ObjectNode) item).put("current_period_start", now).put("current_period_end", end);
        }
        if (Json.text(subscription, "status").equals("trialing")) {
            subscription.put("status", "active");
        }
        boolean off = cycle.couponEnds() != null && !cycle.couponEnds().isAfter(account.now());
        var coupon = off ? null : Discount.of(account, cycle.coupon());
        if (off) {
            subscription.putArray("discounts");
        }
        Totals.of(cycle.lines(), coupon, cycle.taxRate(), false);
        var invoice =
                account.invoicing()
                        .ofSubscription(
                                subscription, cycle.lines(), now, end, "subscription_cycle");
        account.told()
                .tell(
                        "customer.subscription.updated",
                        subscription,
                        Changes.of(before, subscription));
        account.due().add(end, () -> periodEnds(subscription));
        cycle.attempts = 0;
        collect(subscription, invoice, true);
    }

    /** Tried again before its time, with the card there is now. */
    void payNow(ObjectNode invoice) {
        var id = Json.text(invoice.at("/parent/subscription_details"), "subscription");
        collect(account.require("subscription", id, "subscription"), invoice, false);
    }

    /**
     * @param inTurn whether a failure counts among the tries that are made by themselves
     */
    private void collect(ObjectNode subscription, ObjectNode invoice, boolean inTurn) {
        if (isOver(subscription) || !Json.text(invoice, "status").equals("open")) {
            return;
        }
        if (Json.number(invoice, "amount_due") == 0) {
            account.invoicing().paid(invoice, null);
            return;
        }
        var intent = intent(invoice);
        var customer = account.require("customer", Json.text(invoice, "customer"), "customer");
        var shopper =
                new Shopper(Json.text(customer, "email"), Json.text(customer, "name"), "", "");
        var card = account.cards.getOrDefault(Json.id(customer), Card.GOOD);
        if (!card.declines(true)) {
            account.payments().succeed(intent, card, shopper);
            account.invoicing().paid(invoice, intent);
            status(subscription, "active");
            return;
        }
        account.payments().decline(intent, card, shopper);
        if (inTurn) {
            tryLater(subscription, invoice, intent);
        } else {
            long next = Json.number(invoice, "next_payment_attempt");
            account.invoicing().failed(invoice, intent, next == 0 ? null : next);
        }
    }

    private void tryLater(ObjectNode subscription, ObjectNode invoice, ObjectNode intent) {
        var cycle = cycle(subscription);
        boolean last = cycle.attempts >= retries.size();
        Long next = last ? null : account.seconds() + retries.get(cycle.attempts).toSeconds();
        cycle.attempts++;
        account.invoicing().failed(invoice, intent, next);
        status(subscription, "past_due");
        if (next == null) {
            cancel(subscription, "payment_failed");
        } else {
            account.due().add(next, () -> collect(subscription, invoice, true));
        }
    }

    /** One for all attempts at an invoice. */
    private ObjectNode intent(ObjectNode invoice) {
        for (var payment : account.invoicing().paymentsOf(Json.id(invoice))) {
            var id = Json.text(payment.path("payment"), "payment_intent");
            return account.require("payment_intent", id, "payment_intent");
        }
        return account.payments()
                .intent(
                        Json.number(invoice, "amount_due"),
                        Json.text(invoice, "currency"),
                        Json.text(invoice, "customer"),
                        Json.object());
    }

    private void status(ObjectNode subscription, String status) {
        var before = Json.text(subscription, "status");
        if (before.equals(status)) {
            return;
        }
        subscription.put("status", status);
        account.told()
                .tell(
                        "customer.subscription.updated",
                        subscription,
                        Json.object().put("status", before));
    }

    private Cycle cycle(ObjectNode subscription) {
        return Objects.requireNonNull(cycles.get(Json.id(subscription)));
    }

    /** The quantity that is paid for from the next period on. */
    void quantity(ObjectNode subscription, int place, long quantity) {
        ((ObjectNode) cycle(subscription).lines().get(place)).put("quantity", quantity);
    }

    static boolean isOver(ObjectNode subscription) {
        return Json.text(subscription, "status").equals("canceled");
    }

    void cancelAt(ObjectNode subscription, long at) {
        account.due()
                .add(
                        at,
                        () -> {
                            if (!isOver(subscription)
                                    && Json.number(subscription, "cancel_at") == at) {
                                cancel(subscription, "cancellation_requested");
                            }
                        });
    }

    void cancel(ObjectNode subscription, String reason) {
        subscription.put("status", "canceled");
        if (!Json.given(subscription, "canceled_at")) {
            subscription.put("canceled_at", account.seconds());
        }
        subscription.put("ended_at", account.seconds());
        ((ObjectNode) subscription.path("cancellation_details")).put("reason", reason);
        account.tell("customer.subscription.deleted", subscription);
    }

    List<ObjectNode> ofCustomer(String customer) {
        return account.shelf("subscription").all().stream()
                .filter(s -> Json.text(s, "customer").equals(customer))
                .toList();
    }
}
