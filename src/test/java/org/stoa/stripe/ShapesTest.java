package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.checkout.SessionCreateParams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/** Every object that the double answers, beside Stripe's own fixtures (stripe/openapi, MIT). */
@DisabledIfSystemProperty(named = "stoa.shared.data", matches = "absent")
class ShapesTest {
    private static final Path FIXTURES =
            Path.of(System.getProperty("stoa.shared.data", "../shared/data"))
                    .resolve("stripe-fixtures/fixtures3.json");
    // Keys of the present version that the fixtures leave out: sent in some states, or on demand.
    private static final Map<String, Set<String>> MORE =
            Map.of(
                    "refund", Set.of("failure_reason", "failure_balance_transaction"),
                    "payment_method", Set.of("sepa_debit"),
                    "checkout.session", Set.of("line_items"),
                    "charge", Set.of("refunds"),
                    "invoice", Set.of("payments"),
                    "webhook_endpoint", Set.of("secret"));
    // Keys of the fixtures that older versions sent, or that only stand there in some states.
    private static final Map<String, Set<String>> LESS =
            Map.of(
                    "charge", Set.of("source", "refunds"),
                    "payment_intent", Set.of("source"),
                    "payment_method", Set.of("card"),
                    "invoice", Set.of("subscription"),
                    "line_item", Set.of("subscription"));
    // Objects within objects that hold whatever their type asks for.
    private static final Set<String> FREE =
            Set.of(
                    "metadata",
                    "data",
                    "last_payment_error",
                    "next_action",
                    "payment_method_details",
                    "payment_method_options",
                    "processing",
                    "previous_attributes",
                    "destination_details",
                    "evidence_details",
                    "parent",
                    "pricing",
                    "payment",
                    "source",
                    "flow",
                    "card",
                    "sepa_debit");

    private static final Set<String> KINDS =
            Set.of(
                    "account",
                    "balance_transaction",
                    "billing_portal.session",
                    "charge",
                    "checkout.session",
                    "coupon",
                    "customer",
                    "dispute",
                    "event",
                    "invoice",
                    "invoice_payment",
                    "item",
                    "line_item",
                    "payment_intent",
                    "payout",
                    "plan",
                    "price",
                    "product",
                    "promotion_code",
                    "refund",
                    "subscription",
                    "subscription_item",
                    "webhook_endpoint");

    private final JsonNode fixtures = Json.JSON.readTree(FIXTURES.toFile()).path("resources");
    private final Set<String> wrong = new TreeSet<>();

    @Test
    void theirKeysAreThoseOfTheFixtures() throws Exception {
        assertThat(Files.exists(FIXTURES)).isTrue();
        try (var stripe = new StripeDouble()) {
            var shop = new Shop(stripe);
            everything(shop);
            var all = answered(shop);
            // The renewal fails until it is given up.
            stripe.pass(Duration.ofDays(50));
            all.addAll(answered(shop));
            var seen = new TreeSet<String>();
            for (var object : all) {
                seen.add(Json.text(object, "object"));
                compare(object, fixture(object), Json.text(object, "object"));
            }
            assertThat(wrong).isEmpty();
            assertThat(seen).containsAll(KINDS);
            assertThat(stripe.broken()).isEmpty();
        }
    }

    private JsonNode fixture(JsonNode object) {
        var fixture = fixtures.path(Json.text(object, "object"));
        assertThat(fixture.isObject()).as(Json.text(object, "object")).isTrue();
        return fixture;
    }

    private void compare(JsonNode ours, JsonNode theirs, String path) {
        var kind = Json.text(ours, "object");
        for (var key : theirs.propertyNames()) {
            if (!ours.has(key) && !LESS.getOrDefault(kind, Set.of()).contains(key)) {
                wrong.add(path + " lacks " + key);
            }
        }
        for (var key : ours.propertyNames()) {
            if (!theirs.has(key) && !MORE.getOrDefault(kind, Set.of()).contains(key)) {
                wrong.add(path + " has " + key);
            }
            var inner = ours.get(key);
            boolean known = theirs.path(key).isObject() && !theirs.path(key).isEmpty();
            if (inner.isObject() && !FREE.contains(key) && known) {
                compare(inner, theirs.get(key), path + "." + key);
            }
            if (inner.path("object").isString() && !Json.text(inner, "object").equals("list")) {
                compare(inner, fixture(inner), path + "." + key);
            }
        }
    }

    /** All that the account holds, as the API answers it. */
    private static List<JsonNode> answered(Shop shop) throws Exception {
        var all = new ArrayList<JsonNode>();
        for (var list :
                List.of(
                        "customers",
                        "products",
                        "prices",
                        "coupons",
                        "promotion_codes",
                        "checkout/sessions",
                        "payment_intents",
                        "charges",
                        "refunds",
                        "disputes",
                        "balance_transactions",
                        "payouts",
                        "subscriptions?status=all",
                        "invoices",
                        "invoice_payments",
                        "events",
                        "webhook_endpoints")) {
            var address = "/v1/" + list + (list.contains("?") ? "&" : "?") + "limit=100";
            var page = Json.JSON.readTree(shop.call("GET", address, "").body());
            assertThat(page.path("data").size()).as(list).isPositive();
            page.path("data").forEach(all::add);
        }
        inner(shop, all);
        all.add(Json.JSON.readTree(shop.call("GET", "/v1/account", "").body()));
        return all;
    }

    /** Those that others hold. */
    private static void inner(Shop shop, List<JsonNode> all) throws Exception {
        for (var one : List.copyOf(all)) {
            one.path("items").path("data").forEach(all::add);
            one.path("items").path("data").forEach(i -> all.add(i.path("plan")));
            one.path("lines").path("data").forEach(all::add);
            if (Json.text(one, "object").equals("event")) {
                all.add(one.path("data").path("object"));
            }
            if (Json.text(one, "object").equals("checkout.session")) {
                var lines = "/v1/checkout/sessions/" + Json.id(one) + "/line_items";
                Json.JSON
                        .readTree(shop.call("GET", lines, "").body())
                        .path("data")
                        .forEach(all::add);
            }
        }
    }

    /** Lets everything happen once. */
    private static void everything(Shop shop) throws Exception {
        var buyer = shop.account.buyer();
        var dashboard = shop.account.dashboard();
        shop.call("POST", "/v1/coupons", "percent_off=10&duration=forever&id=TEN");
        shop.call("POST", "/v1/promotion_codes", "promotion[type]=coupon&promotion[coupon]=TEN");
        shop.call("POST", "/v1/products", "name=Knots");
        shop.call(
                "POST",
                "/v1/webhook_endpoints",
                "url=http://127.0.0.1:9/&enabled_events[]=topup.created");
        var first = shop.sold(4900);
        dashboard.refundFails(dashboard.refund(first.getPaymentIntent(), 100L));
        dashboard.payOut();
        dashboard.closeDispute(dashboard.dispute(first.getPaymentIntent()), false);
        var declined = shop.open(Shop.once(4900, "eur"));
        buyer.pay(declined.getId(), Card.DECLINED);
        buyer.pay(declined.getId(), Card.CHALLENGED);
        buyer.letExpire(declined.getId());
        var debit = shop.open(Shop.once(4900, "eur"));
        buyer.pay(debit.getId(), Card.BANK_DEBIT);
        buyer.settle(debit.getId(), false);
        invoices(shop);
    }

    private static void invoices(Shop shop) throws Exception {
        var buyer = shop.account.buyer();
        var taxed =
                shop.open(
                        Shop.once(4900, "eur")
                                .setInvoiceCreation(
                                        SessionCreateParams.InvoiceCreation.builder()
                                                .setEnabled(true)
                                                .build())
                                .setAutomaticTax(
                                        SessionCreateParams.AutomaticTax.builder()
                                                .setEnabled(true)
                                                .build()));
        buyer.pay(taxed.getId());
        var monthly =
                shop.open(
                        Shop.monthly(900)
                                .addDiscount(
                                        SessionCreateParams.Discount.builder()
                                                .setCoupon("TEN")
                                                .build()));
        buyer.pay(monthly.getId(), Card.FAILS_LATER);
        var customer = shop.session(monthly.getId()).getCustomer();
        shop.call("POST", "/v1/billing_portal/sessions", "customer=" + customer);
    }
}
