package org.stoa.commerce.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.commerce.Renewing;
import org.stoa.commerce.Shop;
import org.stoa.jobs.DueJobs;
import org.stoa.testing.StoaTest;
import org.stoa.testing.StripeAtHand;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;

/** Invoices: one for each payment, without a gap between their numbers, and frozen. */
@StoaTest
class InvoicesTest extends SellingAtStripe {
    private static final Map<String, String> TO =
            Map.of("name", "Berg & Co", "address", "Rope Lane 2\r\nHamburg", "taxId", "DE1");

    private @Autowired DueJobs due;

    private Answer billing(Shop shop, Map<String, Object> body) {
        return shop.call("PUT", "/api/v1/settings/billing", shop.owner, body);
    }

    private static Map<String, Object> details(String address) {
        return Map.of(
                "name",
                "Rope and Sail Ltd",
                "address",
                address,
                "taxId",
                "DE123456789",
                "notes",
                "Kiel HRB 1");
    }

    private void ready() {
        var set = billing(school.shop, details("Quay 1\nKiel"));
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    private static String order(Shop shop, Shop.Buyer buyer) {
        return shop.call("GET", "/api/v1/me/orders", buyer.token(), null).text("items.0.id");
    }

    private String bought(Shop.Buyer buyer) {
        school.buy(buyer, course);
        school.settled();
        return order(school.shop, buyer);
    }

    private static Answer issue(Shop shop, Shop.Buyer buyer, String order) {
        var path = "/api/v1/me/orders/" + order + "/invoice";
        return shop.call("POST", path, buyer.token(), TO);
    }

    private static Answer read(Shop shop, Shop.Buyer buyer, String order) {
        return shop.call("GET", "/api/v1/me/orders/" + order + "/invoice", buyer.token(), null);
    }

    @Test
    void aPaidOrderHasAnInvoiceForWhomItsBuyerSaysAndItIsFrozen() {
        ready();
        billing(school.shop, taxed());
        var bea = school.shop.buyer();
        var order = bought(bea);
        var browser = school.shop.browser(bea);
        var at = "/orders/" + order + "/invoice";
        assertThat(browser.open(school.shop.host, "/orders/" + order).body()).contains(at);
        assertThat(browser.open(school.shop.host, at).body())
                .contains("Whom is the invoice for?", "Bea Buyer");
        var wrong =
                browser.submit(school.shop.host, at, Map.of("name", " ", "taxId", "1".repeat(61)));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("Say whom the invoice is for", "at most 60 letters");
        var invoice = browser.submit(school.shop.host, at, TO);
        assertThat(invoice.body())
                .contains("Invoice 0001", "Rope and Sail Ltd", "Quay 1\nKiel", "Kiel HRB 1")
                .contains("Berg &amp; Co", "Rope Lane 2\nHamburg", "Tax number DE1")
                .contains("1 × €49", "€58.31", "€9.31", "Without tax");
        // Whatever the school or its buyer says later.
        billing(school.shop, details("Elsewhere"));
        browser.submit(school.shop.host, at, Map.of("name", "Another"));
        assertThat(browser.open(school.shop.host, at).body())
                .contains("Invoice 0001", "Quay 1\nKiel", "Berg &amp; Co")
                .doesNotContain("Another", "Elsewhere");
        var json = read(school.shop, bea, order);
        assertThat(json.text("items.0.number")).isEqualTo("0001");
        assertThat(json.text("items.0.net")).isEqualTo("4900");
        assertThat(json.text("items.0.tax")).isEqualTo("931");
        assertThat(json.text("items.0.gross")).isEqualTo("5831");
        assertThat(json.text("items.0.taxTerms")).isEqualTo("on-top");
        assertThat(json.text("items.0.to.address")).isEqualTo("Rope Lane 2\nHamburg");
        assertThat(json.json().path("open").asInt()).isZero();
    }

    private static Map<String, Object> taxed() {
        var body = new java.util.HashMap<>(details("Quay 1\nKiel"));
        body.put("automaticTax", true);
        body.put("taxIncluded", false);
        return body;
    }

    @Test
    void whatWentBackSinceStandsOnIt() {
        ready();
        var bea = school.shop.buyer();
        var payment = school.buy(bea, course);
        school.settled();
        var order = order(school.shop, bea);
        assertThat(issue(school.shop, bea, order).text("items.0.returned")).isEqualTo("0");
        school.account.dashboard().refund(payment, 900L);
        school.settled();
        var browser = school.shop.browser(bea);
        assertThat(browser.open(school.shop.host, "/orders/" + order + "/invoice").body())
                .contains("Given back since", "− €9", "€40");
        school.account.dashboard().refund(payment, null);
        school.settled();
        var json = read(school.shop, bea, order);
        assertThat(json.text("items.0.returned")).isEqualTo("4900");
        assertThat(json.text("items.0.gross")).isEqualTo("4900");
    }

    @Test
    void manyAtOnceTakeNumbersWithoutAGapAndEachOrderOne() throws Exception {
        ready();
        var orders = new ArrayList<Map.Entry<Shop.Buyer, String>>();
        for (int i = 0; i < 6; i++) {
            var buyer = school.shop.buyer();
            orders.add(Map.entry(buyer, bought(buyer)));
        }
        var asks = new ArrayList<Callable<String>>();
        for (int i = 0; i < 4; i++) {
            for (var one : orders) {
                asks.add(() ->
                        issue(school.shop, one.getKey(), one.getValue()).text("items.0.number"));
            }
        }
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var numbers = pool.invokeAll(asks).stream().map(it -> it.resultNow()).toList();
            var expected =
                    IntStream.rangeClosed(1, 6).mapToObj(it -> "%04d".formatted(it)).toList();
            assertThat(numbers.stream().distinct().sorted().toList()).isEqualTo(expected);
        }
        assertThat(school.count("invoices")).isEqualTo(6);
        // One that is refused takes no number with it.
        var late = school.shop.buyer();
        var order = bought(late);
        var path = "/api/v1/me/orders/" + order + "/invoice";
        assertThat(school.shop.call("POST", path, late.token(), Map.of("name", "")).status())
                .isEqualTo(422);
        assertThat(issue(school.shop, late, order).text("items.0.number")).isEqualTo("0007");
    }

    @Test
    void aSubscriptionHasOneForEachPayment() {
        ready();
        var renewing = new Renewing(service, school.id(), clock);
        school.shop.price(course, 900);
        renewing.monthly(0);
        var bea = school.shop.buyer();
        school.pay(school.session(bea, course));
        arrived();
        var order = order(school.shop, bea);
        assertThat(issue(school.shop, bea, order).json().path("items").size()).isEqualTo(1);
        StripeAtHand.pass(clock, Duration.ofDays(32));
        arrived();
        StripeAtHand.pass(clock, Duration.ofDays(32));
        arrived();
        var browser = school.shop.browser(bea);
        var at = "/orders/" + order + "/invoice";
        assertThat(browser.open(school.shop.host, at).body())
                .contains("Invoice 0001", "2 payments have none yet", "Berg &amp; Co");
        assertThat(browser.submit(school.shop.host, at, TO).body()).contains("Invoice 0003", "€9");
        assertThat(browser.open(school.shop.host, at + "?number=0002").body())
                .contains("Invoice 0002");
        assertThat(browser.open(school.shop.host, at + "?number=0009").status()).isEqualTo(404);
        var all = read(school.shop, bea, order);
        assertThat(all.json().path("items").size()).isEqualTo(3);
        assertThat(all.text("items.2.gross")).isEqualTo("900");
    }

    private void arrived() {
        try {
            school.account.deliveries().await(Duration.ofSeconds(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        due.run(school.id());
        school.settled();
    }

    @Test
    void nobodyElseSeesItAndTheSchoolDoes() {
        ready();
        var bea = school.shop.buyer();
        var order = bought(bea);
        issue(school.shop, bea, order);
        var at = "/orders/" + order + "/invoice";
        var other = school.shop.buyer();
        assertThat(read(school.shop, other, order).status()).isEqualTo(404);
        assertThat(issue(school.shop, other, order).status()).isEqualTo(404);
        assertThat(school.shop.browser(other).open(school.shop.host, at).status()).isEqualTo(404);
        var elsewhere = new Shop(port);
        billing(elsewhere, details("Pier 2"));
        var path = "/api/v1/orders/" + order + "/invoice";
        assertThat(elsewhere.call("GET", path, elsewhere.owner, null).status()).isEqualTo(404);
        assertThat(elsewhere.call("POST", path, elsewhere.owner, TO).status()).isEqualTo(404);
        var stranger = elsewhere.buyer();
        assertThat(read(elsewhere, stranger, order).status()).isEqualTo(404);

        var admin = admin(school.shop);
        assertThat(admin.open(school.shop.host, "/admin/sales/orders/" + order).body())
                .contains("/admin/sales" + at);
        assertThat(admin.open(school.shop.host, "/admin/sales" + at).body())
                .contains("Invoice 0001", "Berg &amp; Co");
        var cid = school.shop.buyer();
        var second = bought(cid);
        assertThat(
                        admin.submit(
                                        school.shop.host,
                                        "/admin/sales/orders/" + second + "/invoice",
                                        Map.of("name", "Cid"))
                                .body())
                .contains("Invoice 0002", "Cid");
        assertThat(school.shop.call("GET", path, school.shop.owner, null).text("items.0.number"))
                .isEqualTo("0001");
    }

    private Visitor admin(Shop shop) {
        var admin = new Visitor(port);
        var owner = shop.host + "@example.org";
        admin.submit(shop.host, "/sign-in", Map.of("email", owner, "password", Visitor.PASSWORD));
        return admin;
    }

    @Test
    void anOrderOfTheTestCheckoutStandsInASeriesOfItsOwn() {
        ready();
        var real = school.shop.buyer();
        assertThat(issue(school.shop, real, bought(real)).text("items.0.number")).isEqualTo("0001");
        var test = Map.of("provider", "test");
        school.shop.call("PUT", "/api/v1/settings/payments", school.shop.owner, test);
        var bea = school.shop.buyer();
        var browser = school.shop.browser(bea);
        school.shop.enroll(bea, course);
        var order = order(school.shop, bea);
        browser.submit(school.shop.host, "/checkout/" + order, Map.of("how", "card"));
        var invoice = browser.submit(school.shop.host, "/orders/" + order + "/invoice", TO);
        assertThat(invoice.body()).contains("Invoice TEST-0001", "this is no invoice");
        assertThat(read(school.shop, bea, order).text("items.0.test")).isEqualTo("true");
    }

    @Test
    void whatIsNotPaidOrWentBackByItselfHasNone() {
        ready();
        var bea = school.shop.buyer();
        school.session(bea, course);
        var order = order(school.shop, bea);
        assertThat(issue(school.shop, bea, order).status()).isEqualTo(409);
        var browser = school.shop.browser(bea);
        assertThat(browser.open(school.shop.host, "/orders/" + order + "/invoice").body())
                .contains("Nothing was paid for this order");
        var ann = school.shop.buyer();
        var cid = school.shop.buyer();
        school.shop.limit(course, 1);
        var second = school.session(cid, course);
        school.buy(ann, course);
        school.pay(second);
        school.awaitStatus(cid, course, "refunded");
        school.settled();
        assertThat(issue(school.shop, cid, order(school.shop, cid)).status()).isEqualTo(409);
        assertThat(school.count("invoices")).isZero();
        assertThat(school.count("invoice_numbers")).isZero();
    }

    @Test
    void aSchoolSaysHowItStandsFirst() {
        var bea = school.shop.buyer();
        var order = bought(bea);
        assertThat(issue(school.shop, bea, order).status()).isEqualTo(409);
        var at = "/orders/" + order + "/invoice";
        assertThat(school.shop.browser(bea).open(school.shop.host, at).body())
                .contains("has not yet said how it stands");
        var admin = admin(school.shop);
        assertThat(admin.open(school.shop.host, "/admin/sales" + at).body())
                .contains("/admin/sales/billing");
        var page = "/admin/sales/billing";
        assertThat(admin.open(school.shop.host, "/admin/payments").body()).contains(page);
        var wrong =
                admin.submit(
                        school.shop.host, page, Map.of("tax", "on-top", "notes", "a".repeat(1001)));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body())
                .contains("with a legal name", "with an address", "at most 1,000 letters");
        var form = Map.of("name", "Rope and Sail Ltd", "address", "Quay 1", "tax", "on-top");
        assertThat(admin.submit(school.shop.host, page, form).body()).contains("Saved.");
        assertThat(issue(school.shop, bea, order).status()).isEqualTo(200);
        for (var wrongOne :
                List.of(
                        Map.<String, Object>of("automaticTax", true),
                        Map.<String, Object>of("name", "a".repeat(201)))) {
            assertThat(billing(school.shop, wrongOne).status()).isEqualTo(422);
        }
        var test = new Shop(port);
        var refused = billing(test, taxed());
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("automaticTax", "test checkout reckons no tax");
        assertThat(billing(test, details("Quay 2")).status()).isEqualTo(200);
    }
}
