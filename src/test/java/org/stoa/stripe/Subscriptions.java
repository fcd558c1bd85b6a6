package org.stoa.stripe;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the shop may ask of subscriptions. Source: docs.stripe.com/api/subscriptions. */
final class Subscriptions {
    private Subscriptions() {}

    static ObjectNode list(Call call) {
        var status = call.text("status");
        var price = call.text("price");
        return call.page(
                "subscription",
                one ->
                        call.same("customer").test(one)
                                && fits(one, status)
                                && (price.isEmpty()
                                        || one.path("items")
                                                .path("data")
                                                .valueStream()
                                                .anyMatch(i ->
                                                        Json.id(i.path("price")).equals(price))));
    }

    /** All that are not canceled, unless a status is asked for. */
    private static boolean fits(ObjectNode one, String status) {
        var own = Json.text(one, "status");
        return switch (status) {
            case "" -> !own.equals("canceled");
            case "all" -> true;
            case "ended" -> own.equals("canceled");
            default -> own.equals(status);
        };
    }

    static ObjectNode update(Call call) {
        var account = call.account();
        var one = notOver(call);
        for (var item : call.params().path("items")) {
            place(one, item);
        }
        var before = one.deepCopy();
        call.echo(one);
        if (call.has("cancel_at_period_end")) {
            cancelAtPeriodEnd(account, one, Json.yes(call.params(), "cancel_at_period_end"));
        }
        if (call.params().has("cancel_at")) {
            one.set("cancel_at", call.params().get("cancel_at"));
            if (call.has("cancel_at")) {
                one.put("canceled_at", account.seconds());
                account.billing().cancelAt(one, Json.number(one, "cancel_at"));
            } else {
                one.putNull("canceled_at");
            }
        }
        for (var item : call.params().path("items")) {
            quantity(account, one, item);
        }
        account.told().tell("customer.subscription.updated", one, Changes.of(before, one));
        return one;
    }

    static void cancelAtPeriodEnd(StripeAccount account, ObjectNode one, boolean cancel) {
        one.put("cancel_at_period_end", cancel);
        var reason = (ObjectNode) one.path("cancellation_details");
        if (cancel) {
            one.set("cancel_at", one.at("/items/data/0/current_period_end"));
            one.put("canceled_at", account.seconds());
            reason.put("reason", "cancellation_requested");
        } else {
            one.putNull("cancel_at").putNull("canceled_at");
            reason.putNull("reason");
        }
    }

    private static int place(ObjectNode subscription, JsonNode given) {
        var items = subscription.path("items").path("data");
        for (int i = 0; i < items.size(); i++) {
            if (Json.id(items.get(i)).equals(Json.id(given))) {
                return i;
            }
        }
        throw StripeRefusal.noSuch("subscription_item", Json.id(given), "items[0][id]");
    }

    /** Counts from the next period; the double does no prorations. */
    private static void quantity(StripeAccount account, ObjectNode subscription, JsonNode given) {
        int place = place(subscription, given);
        if (Json.given(given, "quantity")) {
            var item = (ObjectNode) subscription.path("items").path("data").get(place);
            item.set("quantity", given.get("quantity"));
            account.billing().quantity(subscription, place, Json.number(given, "quantity"));
        }
    }

    private static ObjectNode notOver(Call call) {
        var one = call.subject("subscription");
        if (Billing.isOver(one)) {
            throw StripeRefusal.of(
                            404,
                            "invalid_request_error",
                            "No such subscription: '" + Json.id(one) + "'")
                    .param("id")
                    .code("resource_missing");
        }
        return one;
    }

    static ObjectNode cancel(Call call) {
        var one = notOver(call);
        var details = call.params().path("cancellation_details");
        if (details.isObject()) {
            ((ObjectNode) one.path("cancellation_details")).setAll((ObjectNode) details);
        }
        call.account().billing().cancel(one, "cancellation_requested");
        return one;
    }
}
