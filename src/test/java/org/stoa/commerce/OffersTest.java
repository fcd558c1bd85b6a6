package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.commerce.Shop.Buyer;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.AtOnce;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor.Answer;

/** What a school sells beside single courses, from the form to the place in each course. */
@StoaTest
class OffersTest {
    private static final String OFFERS = "/api/v1/offers";

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    private String knots = "";
    private String sails = "";

    @BeforeEach
    void open() {
        shop = new Shop(port);
        knots = shop.course("Knots", 4900);
        sails = shop.course("Sails", 3900);
    }

    @Test
    void whoBuysABundleIsInAllOfItsCourses() {
        var bundle = offer(Map.of());
        assertThat(shop.call("GET", OFFERS, shop.buyer().token(), null).text("items.0.title"))
                .isEqualTo("The whole rig");
        var bea = shop.buyer();
        var browser = shop.browser(bea);
        var page = browser.open(shop.host, "/offers/" + bundle);
        assertThat(page.body())
                .contains("The whole rig", "Knots", "Sails", "Buy for €79", "Paid once");
        assertThat(page.body()).doesNotContain("name=\"buys\"", "name=\"quantity\"");
        var till = browser.submit(shop.host, "/offers/" + bundle + "/buy?seen=7900EUR", Map.of());
        assertThat(till.address()).contains("/checkout/");
        pay(bea, till.address());
        assertThat(shop.isIn(bea, knots)).isTrue();
        assertThat(shop.isIn(bea, sails)).isTrue();
        assertThat(browser.open(shop.host, "/offers/" + bundle).body().split("open to you already"))
                .hasSize(3);
        var again = buy(bea, bundle, Map.of());
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body()).contains("open to you already");
        assertThat(shop.browser(bea).open(shop.host, "/orders").body()).contains("The whole rig");
    }

    /** Both checkouts were open at the same time; the second payment buys nothing. */
    @Test
    void whoPaysForTheSameByTwoOffersGetsTheSecondMoneyBack() {
        var bea = shop.buyer();
        var bundle = buy(bea, offer(Map.of()), Map.of());
        var alone = shop.enroll(bea, knots);
        assertThat(alone.status()).isEqualTo(402);
        pay(bea, bundle.text("checkoutUrl"));
        pay(bea, alone.text("checkoutUrl"));
        await().untilAsserted(() ->
                assertThat(orders(bea)).isEqualTo(Map.of("paid", 1L, "refunded", 1L)));
        assertThat(shop.isIn(bea, knots)).isTrue();
        assertThat(shop.isIn(bea, sails)).isTrue();
    }

    /** What is not theirs yet is worth the whole. */
    @Test
    void whoHasOneCourseMayStillBuyABundleWithIt() {
        var bea = shop.buyer();
        var bundle = buy(bea, offer(Map.of()), Map.of());
        pay(bea, shop.enroll(bea, knots).text("checkoutUrl"));
        pay(bea, bundle.text("checkoutUrl"));
        assertThat(orders(bea)).isEqualTo(Map.of("paid", 2L));
        assertThat(shop.isIn(bea, sails)).isTrue();
    }

    @Test
    void eachCurrencyHasItsPrice() {
        var bundle =
                offer(
                        Map.of(
                                "prices",
                                List.of(
                                        price(7900, "EUR"),
                                        price(12000, "JPY"),
                                        price(26500, "KWD"))));
        for (var want : Map.of("EUR", 7900L, "JPY", 12000L, "KWD", 26500L).entrySet()) {
            var begun = buy(shop.buyer(), bundle, Map.of("currency", want.getKey()));
            assertThat(begun.status()).as(begun.body()).isEqualTo(201);
            assertThat(amount(begun)).isEqualTo(want.getValue());
        }
        var page =
                shop.browser(shop.buyer()).open(shop.host, "/offers/" + bundle + "?currency=JPY");
        assertThat(page.body()).contains("Buy for ¥12,000");
        var none = buy(shop.buyer(), bundle, Map.of("currency", "CHF"));
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.text("errors.0.field")).isEqualTo("currency");
        assertThat(none.text("errors.0.message")).contains("EUR, JPY, KWD");
    }

    @Test
    void aChangedWishEndsTheFormerCheckoutFirst() {
        var bundle = offer(Map.of("prices", List.of(price(7900, "EUR"), price(8500, "USD"))));
        var bea = shop.buyer();
        var first = buy(bea, bundle, Map.of("currency", "EUR"));
        assertThat(buy(bea, bundle, Map.of("currency", "EUR")).text("orderId"))
                .isEqualTo(first.text("orderId"));
        var second = buy(bea, bundle, Map.of("currency", "USD"));
        assertThat(second.text("orderId")).isNotEqualTo(first.text("orderId"));
        coupon(Map.of("code", "SUMMER", "percent", 10));
        var third = buy(bea, bundle, Map.of("currency", "USD", "coupon", "summer"));
        assertThat(amount(third)).isEqualTo(7650);
        assertThat(status(first)).isEqualTo("expired");
        assertThat(status(second)).isEqualTo("expired");
        assertThat(status(third)).isEqualTo("pending");
    }

    @Test
    void whateverIsTypedItIsOneOrderHoweverOftenItIsAsked() throws Exception {
        var bundle = offer(Map.of());
        coupon(Map.of("code", "SUMMER", "percent", 10, "mostUses", 1));
        var bea = shop.buyer();
        var asks = new ArrayList<java.util.concurrent.Callable<String>>();
        for (int i = 0; i < 6; i++) {
            asks.add(() -> buy(bea, bundle, Map.of("coupon", "SUMMER")).text("orderId"));
        }
        assertThat(AtOnce.all(asks).stream().distinct()).hasSize(1);
    }

    @Test
    void whatIsNotSoldSoIsRefusedFieldByField() {
        var bundle = offer(Map.of());
        var refusals = new HashMap<Map<String, Object>, String>();
        refusals.put(Map.of("quantity", -1), "quantity");
        refusals.put(Map.of("quantity", 0), "quantity");
        refusals.put(Map.of("quantity", 3), "quantity");
        refusals.put(Map.of("quantity", 2, "buys", "seats"), "buys");
        refusals.put(Map.of("buys", "gift"), "buys");
        refusals.put(Map.of("buys", "all"), "buys");
        refusals.put(Map.of("currency", "euro"), "currency");
        refusals.put(Map.of("coupon", "NONE"), "coupon");
        refusals.forEach((body, field) -> {
            var answer = buy(shop.buyer(), bundle, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.text("errors.0.field")).isEqualTo(field);
            assertThat(answer.text("errors.0.message")).isNotEmpty();
        });
        // Nobody has a say in what it costs.
        var begun = buy(shop.buyer(), bundle, Map.of("amount", 1, "price", 1, "discount", 7899));
        if (begun.status() == 201) {
            assertThat(amount(begun)).isEqualTo(7900);
        } else {
            assertThat(begun.status()).isBetween(400, 422);
        }
        assertThat(count("orders where amount < 7900")).isZero();
    }

    @Test
    void anotherSchoolsOfferIsNone() {
        var bundle = offer(Map.of());
        var other = new Shop(port);
        var theirs = other.buyer();
        assertThat(
                        other.call(
                                        "POST",
                                        OFFERS + "/" + bundle + "/orders",
                                        theirs.token(),
                                        Map.of())
                                .status())
                .isEqualTo(404);
        assertThat(other.call("GET", OFFERS + "/" + bundle, other.owner, null).status())
                .isEqualTo(404);
        assertThat(other.call("PUT", OFFERS + "/" + bundle, other.owner, body(Map.of())).status())
                .isEqualTo(404);
        assertThat(other.browser(theirs).open(other.host, "/offers/" + bundle).status())
                .isEqualTo(404);
        var made = other.call("POST", OFFERS, other.owner, body(Map.of()));
        assertThat(made.status()).isEqualTo(422);
        assertThat(made.text("errors.0.field")).isEqualTo("courses");
    }

    @Test
    void whatCannotBeSoldIsRefused() {
        var wrongs =
                List.of(
                        Map.entry("title", ""),
                        Map.entry("courses", List.of()),
                        Map.entry("courses", List.of("none")),
                        Map.entry("kind", "rent"),
                        Map.entry("every", "month"),
                        Map.entry("trialDays", 7),
                        Map.entry("parts", 3),
                        Map.entry("prices", List.of()));
        for (var wrong : wrongs) {
            var answer =
                    shop.call(
                            "POST",
                            OFFERS,
                            shop.owner,
                            body(Map.of(wrong.getKey(), (Object) wrong.getValue())));
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.text("errors.0.field")).isEqualTo(wrong.getKey());
        }
        var prices = List.of(price(0, "EUR"), price(1, "XXX"), price(1, "EUR"));
        var answer = shop.call("POST", OFFERS, shop.owner, body(Map.of("prices", prices)));
        assertThat(answer.text("errors.0.field")).isEqualTo("prices.0.amount");
        assertThat(answer.text("errors.1.field")).isEqualTo("prices.1.currency");
        assertThat(answer.text("errors.2.field")).isEqualTo("prices.2.currency");
        assertThat(shop.call("POST", OFFERS, shop.buyer().token(), body(Map.of())).status())
                .isEqualTo(403);
    }

    @Test
    void anOfferIsChangedAndWithdrawnAndWhatWasBoughtStays() {
        var bundle = offer(Map.of());
        var bea = shop.buyer();
        var begun = buy(bea, bundle, Map.of());
        var change =
                Map.<String, Object>of(
                        "courses", List.of(knots), "prices", List.of(price(5000, "USD")));
        var changed = shop.call("PUT", OFFERS + "/" + bundle, shop.owner, body(change));
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.text("prices.0.currency")).isEqualTo("USD");
        assertThat(changed.json().path("courses").size()).isEqualTo(1);
        var otherwise = body(Map.of("kind", "subscription", "every", "month"));
        assertThat(
                        shop.call("PUT", OFFERS + "/" + bundle, shop.owner, otherwise)
                                .text("errors.0.field"))
                .isEqualTo("kind");
        pay(bea, begun.text("checkoutUrl"));
        assertThat(shop.isIn(bea, sails)).isTrue();
        assertThat(shop.call("DELETE", OFFERS + "/" + bundle, shop.owner, null).status())
                .isEqualTo(204);
        assertThat(buy(shop.buyer(), bundle, Map.of()).status()).isEqualTo(404);
        var list = shop.call("GET", OFFERS, bea.token(), null);
        assertThat(list.json().path("items").size()).isZero();
        assertThat(shop.call("GET", OFFERS, shop.owner, null).text("items.0.active"))
                .isEqualTo("false");
    }

    @Test
    void whatIsPaidMoreThanOnceIsBoughtLikeAllElse() {
        var monthly = offer(Map.of("kind", "subscription", "every", "month", "trialDays", 14));
        var known = shop.call("GET", OFFERS + "/" + monthly, shop.owner, null);
        assertThat(known.text("trialDays")).isEqualTo("14");
        var bea = shop.buyer();
        var ways = shop.browser(bea).open(shop.host, "/courses/" + knots + "/offers");
        assertThat(ways.body()).contains("This course alone", "The whole rig");
        pay(bea, buy(bea, monthly, Map.of()).text("checkoutUrl"));
        assertThat(shop.isIn(bea, knots)).isTrue();
        assertThat(shop.isIn(bea, sails)).isTrue();
        var running = shop.call("GET", "/api/v1/subscriptions", shop.owner, null);
        assertThat(running.text("items.0.status")).isEqualTo("trialing");
    }

    @Test
    void theOfficeMakesAnOfferByItsForm() {
        var browser = shop.browser(new Buyer(UUID.randomUUID(), "", shop.host + "@example.org"));
        var fields = new HashMap<String, String>();
        fields.put("title", "Knots abroad");
        fields.put("course", knots);
        fields.put("kind", "once");
        fields.put("every", "month");
        fields.put("amount", "4O");
        fields.put("currency", "USD");
        var wrong = browser.submit(shop.host, "/admin/offers", fields);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("Write 40.", "value=\"4O\"");
        fields.put("amount", "49,50");
        var list = browser.submit(shop.host, "/admin/offers", fields);
        assertThat(list.body()).contains("Knots abroad", "$49.50", "on sale");
        var bea = shop.buyer();
        var ways = shop.browser(bea).open(shop.host, "/courses/" + knots + "/offers");
        assertThat(ways.body()).contains("Knots abroad", "This course alone", "€49");
        var join = shop.browser(bea).open(shop.host, "/courses/" + knots + "/join");
        assertThat(join.body()).contains("/courses/" + knots + "/offers");
    }

    private String offer(Map<String, Object> change) {
        var made = shop.call("POST", OFFERS, shop.owner, body(change));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.text("id");
    }

    private Map<String, Object> body(Map<String, Object> change) {
        var body = new HashMap<String, Object>();
        body.put("title", "The whole rig");
        body.put("lede", "Knots and sails together.");
        body.put("courses", List.of(knots, sails));
        body.put("kind", "once");
        body.put("prices", List.of(price(7900, "EUR")));
        body.putAll(change);
        return body;
    }

    private static Map<String, Object> price(long amount, String currency) {
        return Map.of("amount", amount, "currency", currency);
    }

    private void coupon(Map<String, Object> body) {
        var made = shop.call("POST", "/api/v1/coupons", shop.owner, body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    private Answer buy(Buyer buyer, String offer, Map<String, Object> body) {
        return shop.call("POST", OFFERS + "/" + offer + "/orders", buyer.token(), body);
    }

    private void pay(Buyer buyer, String checkout) {
        var order = checkout.replaceAll(".*/", "");
        shop.browser(buyer).submit(shop.host, "/checkout/" + order, Map.of("how", "card"));
    }

    /** How many of somebody's orders stand how. */
    private Map<String, Long> orders(Buyer buyer) {
        var found = new HashMap<String, Long>();
        service.sql("select status, count(*) from orders where user_id = :id group by 1")
                .param("id", buyer.id())
                .query(row -> {
                    found.put(row.getString(1), row.getLong(2));
                });
        return found;
    }

    private long amount(Answer begun) {
        return service.sql("select amount from orders where id = :id")
                .param("id", UUID.fromString(begun.text("orderId")))
                .query(Long.class)
                .single();
    }

    private String status(Answer begun) {
        return service.sql("select status from orders where id = :id")
                .param("id", UUID.fromString(begun.text("orderId")))
                .query(String.class)
                .single();
    }

    private long count(String what) {
        return service.sql(
                        "select count(*) from "
                                + what
                                + " and organization_id = (select id from organizations where subdomain = :school)")
                .param("school", shop.host)
                .query(Long.class)
                .single();
    }
}
