package org.stoa.stripe;

import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A checkout session being asked for. Source: docs.stripe.com/api/checkout/sessions/create. */
final class SessionRequest {
    private static final int LINES = 100;
    private final Call call;
    private final StripeAccount account;
    private final ObjectNode params;
    private final String mode;

    SessionRequest(Call call) {
        this.call = call;
        this.account = call.account();
        this.params = call.params();
        this.mode = call.text("mode");
    }

    ObjectNode create() {
        call.need("mode", "line_items", "success_url");
        refuseUndone();
        refuseWhatDoesNotGoTogether();
        Urls.absolute(call.text("success_url"), "success_url");
        if (call.has("cancel_url")) {
            Urls.absolute(call.text("cancel_url"), "cancel_url");
        }
        long expires = expiry();
        var lines = lines();
        var currency = Json.text(lines.get(0), "currency");
        var plan = new SessionPlan(lines, params);
        discount(plan, currency);
        var session = account.draft("checkout.session");
        call.echo(session);
        session.put("currency", currency);
        Checkout.total(account, session, plan, country());
        var total = Json.number(session, "amount_total");
        if (total > 0 && total < Currencies.least(currency)) {
            throw StripeRefusal.invalid(
                            "The Checkout Session's total amount due must add up to at least "
                                    + Currencies.shown(Currencies.least(currency), currency))
                    .code("amount_too_small");
        }
        write(session, expires);
        account.keep(session);
        account.plans.put(Json.id(session), plan);
        account.due().add(expires, () -> account.checkout().expire(session));
        return session;
    }

    private void refuseWhatDoesNotGoTogether() {
        if (mode.equals("setup") || !call.text("ui_mode").matches("|hosted_page")) {
            throw StripeRefusal.invalid("The double of Stripe does not do this mode yet.");
        }
        refuseUnreckonableTax();
        exclude("customer", "customer_email");
        exclude("allow_promotion_codes", "discounts");
        boolean once = mode.equals("payment");
        for (var key : once ? new String[] {"subscription_data"} : onlyOnce()) {
            if (call.has(key)) {
                throw StripeRefusal.invalid(
                                "You can not pass `%s` in `%s` mode.".formatted(key, mode))
                        .param(key);
            }
        }
        if (call.text("client_reference_id").length() > 200) {
            throw StripeRefusal.invalid(
                            "Invalid string: client_reference_id must be at most 200 characters")
                    .param("client_reference_id");
        }
        if (call.has("customer")) {
            account.require("customer", call.text("customer"), "customer");
        }
        if (call.has("customer_email")
                && !call.text("customer_email").matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            throw StripeRefusal.invalid("Invalid email address: " + call.text("customer_email"))
                    .param("customer_email")
                    .code("email_invalid");
        }
    }

    private void refuseUnreckonableTax() {
        if (Json.yes(params.path("automatic_tax"), "enabled") && !account.isTaxSetUp()) {
            throw StripeRefusal.invalid(
                    "You must have a valid head office address to enable automatic tax calculation"
                            + " in test mode.  Visit"
                            + " https://dashboard.stripe.com/test/settings/tax to update it.");
        }
        if (call.has("customer_update") && !call.has("customer")) {
            throw StripeRefusal.invalid("`customer_update` can only be used with `customer`.")
                    .param("customer_update");
        }
    }

    private static String[] onlyOnce() {
        return new String[] {"payment_intent_data", "invoice_creation", "customer_creation"};
    }

    /** What stands deeper and is not done must not seem done either. */
    private static void refuseUndone(JsonNode given, String at, String does) {
        var done = java.util.Set.of(does.split(" "));
        for (var key : given.propertyNames()) {
            if (!done.contains(key)) {
                throw StripeRefusal.invalid(
                                "The double of Stripe does not do this yet: %s[%s]"
                                        .formatted(at, key))
                        .param(at + "[" + key + "]")
                        .unprocessed();
            }
        }
    }

    private void refuseUndone() {
        refuseUndone(
                params.path("payment_intent_data"),
                "payment_intent_data",
                "metadata description receipt_email setup_future_usage statement_descriptor"
                        + " statement_descriptor_suffix");
        refuseUndone(
                params.path("subscription_data"),
                "subscription_data",
                "metadata description trial_period_days trial_end");
        refuseUndone(params.path("automatic_tax"), "automatic_tax", "enabled");
        var lines = params.path("line_items");
        for (int i = 0; i < lines.size(); i++) {
            var at = "line_items[" + i + "]";
            refuseUndone(lines.get(i), at, "price price_data quantity metadata");
            refuseUndone(
                    lines.get(i).path("price_data"),
                    at + "[price_data]",
                    "currency product product_data unit_amount unit_amount_decimal recurring"
                            + " tax_behavior");
        }
    }

    private void exclude(String one, String other) {
        if (call.has(one) && call.has(other)) {
            throw StripeRefusal.either(one, other);
        }
    }

    private long expiry() {
        long now = account.seconds();
        if (!call.has("expires_at")) {
            return now + Duration.ofHours(24).toSeconds();
        }
        long at = Json.number(params, "expires_at");
        // A minute of difference between two clocks is forgiven.
        if (at < now + Duration.ofMinutes(29).toSeconds()) {
            throw StripeRefusal.invalid(
                            "The `expires_at` timestamp must be at least 30 minutes from Checkout"
                                    + " Session creation.")
                    .param("expires_at");
        }
        if (at > now + Duration.ofHours(24).plusMinutes(1).toSeconds()) {
            throw StripeRefusal.invalid(
                            "The `expires_at` timestamp must be less than 24 hours from Checkout"
                                    + " Session creation.")
                    .param("expires_at");
        }
        return at;
    }

    private ArrayNode lines() {
        var given = params.path("line_items");
        if (given.isEmpty() || given.size() > LINES) {
            throw StripeRefusal.invalid("line_items must have between 1 and 100 elements.")
                    .param("line_items");
        }
        var lines = Json.array();
        for (int i = 0; i < given.size(); i++) {
            lines.add(line(given.get(i), "line_items[" + i + "]"));
        }
        var currency = Json.text(lines.get(0), "currency");
        boolean recurring = false;
        for (var line : lines) {
            if (!Json.text(line, "currency").equals(currency)) {
                throw StripeRefusal.invalid(
                                "All line items must have the same currency: "
                                        + currency
                                        + " and "
                                        + Json.text(line, "currency"))
                        .param("line_items");
            }
            recurring |= Totals.isRecurring(line);
        }
        if (recurring && mode.equals("payment")) {
            throw StripeRefusal.invalid(
                            "You specified `payment` mode but passed a recurring price. Either"
                                    + " switch to `subscription` mode or use only one-time prices.")
                    .param("line_items");
        }
        if (!recurring && mode.equals("subscription")) {
            throw StripeRefusal.invalid(
                            "You must provide at least one recurring price in `subscription` mode"
                                    + " when using prices.")
                    .param("line_items");
        }
        return lines;
    }

    private ObjectNode line(JsonNode given, String at) {
        if (Json.given(given, "price") == Json.given(given, "price_data")) {
            throw Json.given(given, "price")
                    ? StripeRefusal.either(at + "[price]", at + "[price_data]")
                    : StripeRefusal.missing(at + "[price]");
        }
        if (!Json.given(given, "quantity")) {
            throw StripeRefusal.invalid("Quantity is required. Add `quantity` to `" + at + "`")
                    .param(at + "[quantity]")
                    .code("parameter_missing");
        }
        long quantity = Json.number(given, "quantity");
        if (quantity < 1 || quantity > 999_999) {
            throw StripeRefusal.invalid("Invalid positive integer")
                    .param(at + "[quantity]")
                    .code("parameter_invalid_integer");
        }
        var price = price(given, at);
        var line = account.draft("item");
        line.put("currency", Json.text(price, "currency"));
        line.put("quantity", quantity);
        var product = account.require("product", Json.text(price, "product"), at);
        line.put("description", Json.text(product, "name"));
        line.set("price", price.deepCopy());
        if (Json.given(given, "metadata")) {
            line.set("metadata", given.get("metadata"));
        }
        return line;
    }

    private ObjectNode price(JsonNode given, String at) {
        if (Json.given(given, "price")) {
            var price = account.require("price", Json.text(given, "price"), at + "[price]");
            if (!Json.yes(price, "active")) {
                throw StripeRefusal.invalid(
                                "The price specified is inactive. This field only accepts active"
                                        + " prices.")
                        .param(at + "[price]")
                        .code("price_inactive");
            }
            return price;
        }
        var data = (ObjectNode) given.path("price_data");
        var within = at + "[price_data]";
        if (Json.given(data, "product") == Json.given(data, "product_data")) {
            throw StripeRefusal.missing(within + "[product_data]");
        }
        if (Json.given(data, "product")) {
            var product = Json.text(data, "product");
            account.require("product", product, within + "[product]");
            return Catalog.price(account, data, product, within, false);
        }
        // The price first: a refused one leaves no product behind.
        var price = Catalog.price(account, data, "", within, false);
        price.put("product", Catalog.productOf(account, data.path("product_data"), false));
        return price;
    }

    private void discount(SessionPlan plan, String currency) {
        var given = params.path("discounts");
        if (given.size() > 1) {
            throw StripeRefusal.invalid("You can only pass one discount.").param("discounts");
        }
        if (given.isEmpty()) {
            return;
        }
        var coupon = Json.text(given.get(0), "coupon");
        var code = Json.text(given.get(0), "promotion_code");
        if (!code.isEmpty()) {
            var found = account.require("promotion_code", code, "discounts[0][promotion_code]");
            long subtotal = Totals.of(plan.lines().deepCopy(), null, 0, false).subtotal();
            Coupons.usable(
                    account,
                    found,
                    subtotal,
                    call.text("customer"),
                    "discounts[0][promotion_code]");
            coupon = Json.text(found.path("promotion"), "coupon");
        }
        var found = account.require("coupon", coupon, "discounts[0][coupon]");
        Coupons.usable(account, found, currency, "discounts[0][coupon]");
        plan.discount(coupon, code);
    }

    private String country() {
        var customer = account.find("customer", call.text("customer"));
        return customer == null ? "" : Json.text(customer.path("address"), "country");
    }

    private void write(ObjectNode session, long expires) {
        session.put("mode", mode);
        session.put("expires_at", expires);
        session.put("url", account.stripe().address() + "/pay/" + Json.id(session));
        for (var key :
                new String[] {
                    "success_url",
                    "cancel_url",
                    "customer",
                    "customer_email",
                    "client_reference_id",
                    "allow_promotion_codes",
                    "billing_address_collection"
                }) {
            session.set(key, params.get(key));
        }
        if (call.has("tax_id_collection")) {
            var ids = (ObjectNode) params.get("tax_id_collection").deepCopy();
            session.set("tax_id_collection", ids.put("required", "never"));
        }
        if (call.has("payment_method_types")) {
            session.set("payment_method_types", params.get("payment_method_types"));
        }
        boolean once = mode.equals("payment");
        session.put("payment_method_collection", once ? "if_required" : "always");
        session.put(
                "customer_creation",
                !once
                        ? null
                        : call.has("customer_creation")
                                ? call.text("customer_creation")
                                : "if_required");
        if (once) {
            session.set("invoice_creation", invoiceCreation());
        }
        var customer = account.find("customer", call.text("customer"));
        if (customer != null || call.has("customer_email")) {
            var email =
                    customer == null ? call.text("customer_email") : Json.orNull(customer, "email");
            var name = customer == null ? null : Json.orNull(customer, "name");
            session.set("customer_details", Checkout.details(email, name, null));
        }
    }

    private ObjectNode invoiceCreation() {
        var given = params.path("invoice_creation");
        var creation = Json.object();
        creation.put("enabled", Json.yes(given, "enabled"));
        var data = creation.putObject("invoice_data");
        for (var key :
                new String[] {
                    "account_tax_ids",
                    "custom_fields",
                    "description",
                    "footer",
                    "issuer",
                    "rendering_options"
                }) {
            data.set(key, given.path("invoice_data").get(key));
        }
        data.set("metadata", given.path("invoice_data").get("metadata"));
        if (!data.hasNonNull("metadata")) {
            data.putObject("metadata");
        }
        return creation;
    }
}
