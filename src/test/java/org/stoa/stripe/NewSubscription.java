package org.stoa.stripe;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A subscription that begins with a checkout session. */
final class NewSubscription {
    private final StripeAccount account;
    private final ObjectNode session;
    private final SessionPlan plan;
    private final Shopper shopper;

    NewSubscription(StripeAccount account, ObjectNode session, SessionPlan plan, Shopper shopper) {
        this.account = account;
        this.session = session;
        this.plan = plan;
        this.shopper = shopper;
    }

    /** Answers the invoice for its first period. */
    ObjectNode begin() {
        long now = account.seconds();
        long days = Billing.trialDays(plan.asked("subscription_data"), account);
        var cycle = cycle(now + days * 86_400);
        long end = now + days * 86_400;
        if (days == 0) {
            cycle.periods = 1;
            end = cycle.end();
        }
        var subscription = subscription(cycle, now, end, days > 0);
        account.billing().follow(subscription, cycle, end, days > 0);
        var invoice =
                account.invoicing()
                        .ofSubscription(
                                subscription, plan.lines(), now, end, "subscription_create");
        session.put("subscription", Json.id(subscription));
        session.put("invoice", Json.id(invoice));
        return invoice;
    }

    private ObjectNode subscription(Cycle cycle, long now, long end, boolean trial) {
        var subscription = account.draft("subscription");
        subscription.put("customer", Json.text(session, "customer"));
        subscription.set("currency", session.get("currency"));
        subscription.set("automatic_tax", automaticTax());
        subscription.put("start_date", now);
        var data = plan.asked("subscription_data");
        for (var key : List.of("metadata", "description")) {
            if (Json.given(data, key)) {
                subscription.set(key, data.get(key).deepCopy());
            }
        }
        subscription.put("billing_cycle_anchor", cycle.anchor().getEpochSecond());
        subscription.put("status", trial ? "trialing" : "active");
        if (trial) {
            subscription.put("trial_start", now).put("trial_end", end);
        }
        items(subscription, cycle, now, end);
        discounts(subscription, cycle);
        account.keep(subscription);
        account.tell("customer.subscription.created", subscription);
        return subscription;
    }

    private ObjectNode automaticTax() {
        var tax = Json.object();
        tax.putNull("disabled_reason");
        tax.put("enabled", Json.yes(session.path("automatic_tax"), "enabled"));
        return tax.putNull("liability");
    }

    private Cycle cycle(long anchor) {
        var lines = Json.array();
        for (var line : plan.lines()) {
            if (Totals.isRecurring(line)) {
                lines.add(line.deepCopy());
            }
        }
        boolean taxed = Json.yes(session.path("automatic_tax"), "enabled");
        var coupon = plan.coupon().isEmpty() ? null : account.find("coupon", plan.coupon());
        Instant ends = null;
        if (coupon != null && !Json.text(coupon, "duration").equals("forever")) {
            long months = Json.number(coupon, "duration_in_months");
            ends = account.now().atOffset(ZoneOffset.UTC).plusMonths(months).toInstant();
        }
        return new Cycle(
                lines,
                taxed ? Totals.rate(shopper.country()) : 0,
                plan.coupon(),
                ends,
                Instant.ofEpochSecond(anchor));
    }

    private void items(ObjectNode subscription, Cycle cycle, long start, long end) {
        var items = Json.array();
        for (var line : cycle.lines()) {
            var item = account.draft("subscription_item");
            item.set("price", line.get("price").deepCopy());
            item.set("plan", plan(line.path("price")));
            item.set("quantity", line.get("quantity"));
            item.put("subscription", Json.id(subscription));
            item.put("current_period_start", start).put("current_period_end", end);
            items.add(item);
        }
        var url = "/v1/subscription_items?subscription=" + Json.id(subscription);
        subscription.set("items", Json.list(url, Json.each(items), false));
    }

    private static ObjectNode plan(JsonNode price) {
        var plan = Json.blank("plan");
        plan.put("id", Json.id(price));
        for (var key : List.of("active", "created", "currency", "product")) {
            plan.set(key, price.get(key));
        }
        plan.set("amount", price.get("unit_amount"));
        plan.set("amount_decimal", price.get("unit_amount_decimal"));
        plan.set("interval", price.path("recurring").get("interval"));
        plan.set("interval_count", price.path("recurring").get("interval_count"));
        return plan;
    }

    private void discounts(ObjectNode subscription, Cycle cycle) {
        if (cycle.coupon().isEmpty()) {
            return;
        }
        var discount = account.draft("discount");
        discount.put("subscription", Json.id(subscription));
        discount.set("customer", subscription.get("customer"));
        discount.putObject("source").put("coupon", cycle.coupon()).put("type", "coupon");
        discount.put("start", account.seconds());
        var ends = cycle.couponEnds();
        if (ends != null) {
            discount.put("end", ends.getEpochSecond());
        }
        account.keep(discount);
        subscription.putArray("discounts").add(Json.id(discount));
    }
}
