package org.stoa.stripe;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Products and prices. Source: docs.stripe.com/api/products, /prices. */
final class Catalog {
    private Catalog() {}

    static ObjectNode createProduct(Call call) {
        call.need("name");
        var account = call.account();
        var product = account.draft("product");
        if (call.has("id")) {
            free(account, "product", call.text("id"));
            product.put("id", call.text("id"));
        }
        call.echo(product);
        product.put("name", call.text("name"));
        product.put("updated", account.seconds());
        if (call.has("default_price_data")) {
            var data = (ObjectNode) call.params().path("default_price_data");
            var price = price(account, data, Json.id(product), "default_price_data", true);
            product.put("default_price", Json.id(price));
        }
        account.keep(product);
        account.tell("product.created", product);
        return product;
    }

    static void free(StripeAccount account, String object, String id) {
        if (account.find(object, id) != null) {
            throw StripeRefusal.invalid(said(object) + " already exists.")
                    .param("id")
                    .code("resource_already_exists");
        }
    }

    private static String said(String object) {
        return Character.toUpperCase(object.charAt(0)) + object.substring(1);
    }

    static ObjectNode createPrice(Call call) {
        call.need("currency");
        var account = call.account();
        String product;
        if (call.has("product")) {
            product = Json.id(account.require("product", call.text("product"), "product"));
        } else if (call.has("product_data")) {
            product = productOf(account, call.params().path("product_data"), true);
        } else {
            throw StripeRefusal.missing("product");
        }
        var price = price(account, call.params(), product, "", true);
        call.echo(price);
        account.tell("price.created", price);
        return price;
    }

    static String productOf(StripeAccount account, JsonNode data, boolean active) {
        if (!Json.given(data, "name")) {
            throw StripeRefusal.missing("product_data[name]");
        }
        var product = account.make("product");
        data.properties().stream()
                .filter(e -> product.has(e.getKey()))
                .forEach(e -> product.set(e.getKey(), e.getValue()));
        product.put("active", active);
        product.put("updated", account.seconds());
        return Json.id(product);
    }

    /** From {@code unit_amount} or {@code unit_amount_decimal}, once or again and again. */
    static ObjectNode price(
            StripeAccount account, ObjectNode data, String product, String within, boolean active) {
        var at = within.isEmpty() ? "%s" : within + "[%s]";
        if (!Json.given(data, "currency")) {
            throw StripeRefusal.missing(at.formatted("currency"));
        }
        var currency = Currencies.known(Json.text(data, "currency"), at.formatted("currency"));
        if (Json.given(data, "unit_amount") == Json.given(data, "unit_amount_decimal")) {
            throw StripeRefusal.missing(at.formatted("unit_amount"));
        }
        var unit =
                Json.given(data, "unit_amount")
                        ? BigDecimal.valueOf(Json.number(data, "unit_amount"))
                        : data.get("unit_amount_decimal").decimalValue();
        Currencies.amount(unit.longValue(), currency, at.formatted("unit_amount"));
        var price = account.draft("price");
        price.put("active", active);
        price.put("currency", currency);
        price.put("product", product);
        if (unit.stripTrailingZeros().scale() <= 0) {
            price.put("unit_amount", unit.longValueExact());
        }
        price.put("unit_amount_decimal", unit.toPlainString());
        if (Json.given(data, "tax_behavior")) {
            price.set("tax_behavior", data.get("tax_behavior"));
        }
        if (Json.given(data, "recurring")) {
            recurring(price, data.path("recurring"), at.formatted("recurring"));
        }
        return account.keep(price);
    }

    private static void recurring(ObjectNode price, JsonNode given, String at) {
        if (!Json.given(given, "interval")) {
            throw StripeRefusal.missing(at + "[interval]");
        }
        price.put("type", "recurring");
        var recurring = price.putObject("recurring");
        recurring.set("interval", given.get("interval"));
        recurring.put(
                "interval_count",
                Json.given(given, "interval_count") ? Json.number(given, "interval_count") : 1);
        recurring.putNull("meter");
        recurring.put("usage_type", "licensed");
        recurring.set("trial_period_days", given.get("trial_period_days"));
    }

    static ObjectNode prices(Call call) {
        var keys = call.params().path("lookup_keys");
        return call.page(
                "price",
                one ->
                        call.same("active", "currency", "product", "type").test(one)
                                && (!keys.isArray()
                                        || keys.valueStream()
                                                .anyMatch(k -> k.equals(one.get("lookup_key")))));
    }

    /** Updates what needs no more than being written. */
    static ObjectNode update(Call call, String object) {
        var one = call.subject(object);
        var before = one.deepCopy();
        call.echo(one);
        if (call.has("default_price")) {
            one.put("default_price", call.text("default_price"));
        }
        if (one.has("updated")) {
            one.put("updated", call.account().seconds());
        }
        call.account().told().tell(object + ".updated", one, Changes.of(before, one));
        return one;
    }

    static ObjectNode delete(Call call, String object) {
        var one = call.subject(object);
        call.account().shelf(object).remove(call.path());
        if (!object.equals("webhook_endpoint")) {
            call.account().tell(object + ".deleted", one);
        }
        return Json.object().put("id", call.path()).put("object", object).put("deleted", true);
    }
}
