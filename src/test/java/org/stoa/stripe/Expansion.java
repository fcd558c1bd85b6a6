package org.stoa.stripe;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Ids in an answer put in the place of which the objects stand. Source: docs.stripe.com/expand. */
final class Expansion {
    private static final int DEEPEST = 4;
    // Keys that hold an id which names an object.
    private static final Set<String> IDS =
            Set.of(
                    "customer",
                    "payment_intent",
                    "latest_charge",
                    "charge",
                    "balance_transaction",
                    "subscription",
                    "invoice",
                    "latest_invoice",
                    "product",
                    "price",
                    "promotion_code",
                    "coupon",
                    "default_price",
                    "payment_method",
                    "default_payment_method",
                    "source",
                    "data");

    private final StripeAccount account;

    Expansion(StripeAccount account) {
        this.account = account;
    }

    void expand(ObjectNode answer, JsonNode paths) {
        for (var path : paths) {
            var keys = List.of(path.asString().split("\\.", -1));
            if (keys.stream().filter(k -> !k.equals("data")).count() > DEEPEST) {
                throw refused(path.asString());
            }
            into(answer, keys, path.asString());
        }
    }

    private void into(JsonNode at, List<String> keys, String whole) {
        if (keys.isEmpty()) {
            return;
        }
        var key = keys.getFirst();
        var rest = keys.subList(1, keys.size());
        if (at instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                var there = named(array.get(i));
                if (there != null) {
                    array.set(i, there);
                }
                into(array.get(i), keys, whole);
            }
            return;
        }
        if (!(at instanceof ObjectNode object)) {
            return;
        }
        var included = included(object, key);
        if (included != null) {
            object.set(key, included);
        } else if (!object.has(key)) {
            throw refused(whole);
        }
        var there = named(object.path(key));
        if (there != null) {
            object.set(key, there);
        } else if (rest.isEmpty() && !isExpandable(object, key)) {
            throw refused(whole);
        }
        into(object.path(key), rest, whole);
    }

    private static boolean isExpandable(ObjectNode object, String key) {
        return IDS.contains(key) || object.path(key).isObject() || object.path(key).isArray();
    }

    private @Nullable JsonNode named(JsonNode value) {
        if (!value.isString()) {
            return null;
        }
        var id = value.asString();
        var found = account.find(Kinds.of(id), id);
        return found == null ? null : found.deepCopy();
    }

    /** What is there only if asked for. */
    private @Nullable JsonNode included(ObjectNode object, String key) {
        var id = Json.id(object);
        return switch (Json.text(object, "object") + "." + key) {
            case "checkout.session.line_items" -> {
                var plan = account.plans.get(id);
                yield plan == null
                        ? null
                        : Json.list(
                                "/v1/checkout/sessions/" + id + "/line_items",
                                Json.each(plan.lines()),
                                false);
            }
            case "charge.refunds" ->
                    Json.list(
                            "/v1/charges/" + id + "/refunds",
                            account.payments().refundsOf(id),
                            false);
            case "invoice.payments" ->
                    Json.list("/v1/invoice_payments", account.invoicing().paymentsOf(id), false);
            case "customer.subscriptions" ->
                    Json.list(
                            "/v1/customers/" + id + "/subscriptions",
                            account.billing().ofCustomer(id),
                            false);
            default -> null;
        };
    }

    private static StripeRefusal refused(String path) {
        return StripeRefusal.invalid("This property cannot be expanded (" + path + ").")
                .param("expand[0]");
    }
}
