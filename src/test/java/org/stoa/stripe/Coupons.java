package org.stoa.stripe;

import java.math.BigDecimal;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Coupons and the codes that name them. Source: docs.stripe.com/api/coupons, /promotion_codes. */
final class Coupons {
    private Coupons() {}

    static ObjectNode create(Call call) {
        var account = call.account();
        var params = call.params();
        if (call.has("percent_off") == call.has("amount_off")) {
            throw call.has("amount_off")
                    ? StripeRefusal.either("percent_off", "amount_off")
                    : StripeRefusal.missing("percent_off");
        }
        var coupon = account.draft("coupon");
        if (call.has("id")) {
            Catalog.free(account, "coupon", call.text("id"));
            coupon.put("id", call.text("id"));
        }
        call.echo(coupon);
        if (call.has("percent_off")) {
            percent(coupon, params.get("percent_off").decimalValue());
        } else {
            call.need("currency");
            var currency = Currencies.known(call.text("currency"), "currency");
            coupon.put("currency", currency);
            long off = Json.number(params, "amount_off");
            if (off < 1) {
                throw StripeRefusal.invalid("Invalid positive integer")
                        .param("amount_off")
                        .code("parameter_invalid_integer");
            }
            coupon.put("amount_off", Currencies.amount(off, currency, "amount_off"));
        }
        coupon.put("duration", call.has("duration") ? call.text("duration") : "once");
        if (call.text("duration").equals("repeating")) {
            call.need("duration_in_months");
            coupon.set("duration_in_months", params.get("duration_in_months"));
        }
        limits(call, coupon, "redeem_by", "max_redemptions");
        var products = params.path("applies_to").path("products");
        if (!products.isEmpty()) {
            products.forEach(p -> account.require("product", p.asString(), "applies_to[products]"));
            account.appliesTo.put(
                    Json.id(coupon),
                    products.valueStream().map(JsonNode::asString).collect(Collectors.toSet()));
        }
        account.keep(coupon);
        account.tell("coupon.created", coupon);
        return coupon;
    }

    private static void percent(ObjectNode coupon, BigDecimal percent) {
        if (percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw StripeRefusal.invalid("Percent off must be greater than 0 and at most 100.")
                    .param("percent_off");
        }
        coupon.put("percent_off", percent);
    }

    private static void limits(Call call, ObjectNode one, String until, String most) {
        if (call.has(until) && Json.number(call.params(), until) <= call.account().seconds()) {
            throw StripeRefusal.invalid(until + " must be in the future").param(until);
        }
        if (call.has(most) && Json.number(call.params(), most) < 1) {
            throw StripeRefusal.invalid("Invalid positive integer").param(most);
        }
        one.set(until, call.params().get(until));
        one.set(most, call.params().get(most));
    }

    static ObjectNode createCode(Call call) {
        call.need("promotion");
        var account = call.account();
        var coupon = Json.text(call.params().path("promotion"), "coupon");
        if (coupon.isEmpty()) {
            throw StripeRefusal.missing("promotion[coupon]");
        }
        account.require("coupon", coupon, "promotion[coupon]");
        var code =
                call.has("code")
                        ? call.text("code")
                        : account.stripe().newId("", 8).toUpperCase(java.util.Locale.ROOT);
        if (byCode(account, code) != null) {
            throw StripeRefusal.invalid(
                            "An active promotion code with `code: " + code + "` already exists.")
                    .param("code");
        }
        var made = account.draft("promotion_code");
        call.echo(made);
        limits(call, made, "expires_at", "max_redemptions");
        made.put("code", code);
        made.putObject("promotion").put("coupon", coupon).put("type", "coupon");
        if (call.has("customer")) {
            account.require("customer", call.text("customer"), "customer");
            made.put("customer", call.text("customer"));
        }
        if (call.has("restrictions")) {
            ((ObjectNode) made.path("restrictions"))
                    .setAll((ObjectNode) call.params().get("restrictions"));
        }
        account.keep(made);
        account.tell("promotion_code.created", made);
        return made;
    }

    /** An active one, found as buyers type it. */
    static @Nullable ObjectNode byCode(StripeAccount account, String code) {
        return account.shelf("promotion_code").all().stream()
                .filter(c -> Json.yes(c, "active"))
                .filter(c -> Json.text(c, "code").equalsIgnoreCase(code))
                .findFirst()
                .orElse(null);
    }

    /** Refuses a coupon that is used up, too late, or of another currency. */
    static void usable(StripeAccount account, ObjectNode coupon, String currency, String param) {
        if (spent(account, coupon, "redeem_by")) {
            throw StripeRefusal.invalid(
                            "Coupon " + Json.id(coupon) + " is expired and cannot be applied.")
                    .param(param)
                    .code("coupon_expired");
        }
        var own = Json.text(coupon, "currency");
        if (!own.isEmpty() && !own.equals(currency)) {
            throw StripeRefusal.invalid(
                            ("The coupon %s cannot be applied: its currency is %s and not %s.")
                                    .formatted(Json.id(coupon), own, currency))
                    .param(param);
        }
    }

    /** Refuses a code that this buyer cannot use here; an empty customer is a guest. */
    static void usable(
            StripeAccount account, ObjectNode code, long subtotal, String customer, String param) {
        var own = Json.text(code, "customer");
        var least = code.at("/restrictions/minimum_amount");
        boolean first = code.at("/restrictions/first_time_transaction").asBoolean();
        if (!Json.yes(code, "active")
                || spent(account, code, "expires_at")
                || (!own.isEmpty() && !own.equals(customer))
                || (first && hasPaid(account, customer))
                || (least.isNumber() && subtotal < least.asLong())) {
            throw StripeRefusal.invalid(
                            "This promotion code cannot be redeemed: " + Json.text(code, "code"))
                    .param(param)
                    .code("promotion_code_invalid");
        }
    }

    private static boolean hasPaid(StripeAccount account, String customer) {
        return !customer.isEmpty()
                && account.shelf("charge").all().stream()
                        .anyMatch(c ->
                                Json.text(c, "customer").equals(customer)
                                        && Json.text(c, "status").equals("succeeded"));
    }

    private static boolean spent(StripeAccount account, ObjectNode one, String until) {
        boolean late = Json.given(one, until) && Json.number(one, until) <= account.seconds();
        boolean full =
                Json.given(one, "max_redemptions")
                        && Json.number(one, "times_redeemed")
                                >= Json.number(one, "max_redemptions");
        return late || full;
    }

    static void redeemed(StripeAccount account, SessionPlan plan) {
        count(account, "coupon", plan.coupon(), "valid", "redeem_by");
        count(account, "promotion_code", plan.promotionCode(), "active", "expires_at");
    }

    private static void count(
            StripeAccount account, String object, String id, String flag, String until) {
        var one = id.isEmpty() ? null : account.find(object, id);
        if (one != null) {
            one.put("times_redeemed", Json.number(one, "times_redeemed") + 1);
            one.put(flag, !spent(account, one, until));
        }
    }
}
