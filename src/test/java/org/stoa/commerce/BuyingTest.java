package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.jobs.DueJobs;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.Role;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.AtOnce;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** From a price to a place, through the test checkout. */
@StoaTest
class BuyingTest {
    private static final Pattern ORDER = Pattern.compile("/checkout/([0-9a-f-]{36})");

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired Organizations organizations;
    private @Autowired Checkouts checkouts;
    private @Autowired Refunds refunds;
    private @Autowired DueJobs due;
    private @Autowired Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    private String course = "";

    @BeforeEach
    void open() {
        shop = new Shop(port);
        course = shop.course("Knots", 4900);
    }

    @AfterEach
    void putRight() {
        SetClock.of(clock).putRight();
    }

    @Test
    void aCourseWithAPriceIsOpenToWhoPaidForIt() {
        var bea = shop.buyer();
        assertThat(shop.call("GET", "/api/v1/courses/" + course, null, null).text("price.amount"))
                .isEqualTo("4900");
        assertThat(shop.call("GET", "/api/v1/courses", null, null).text("items.0.price.currency"))
                .isEqualTo("EUR");
        var asked = shop.enroll(bea, course);
        assertThat(asked.status()).as(asked.body()).isEqualTo(402);
        assertThat(asked.text("checkoutUrl")).contains(shop.host).contains("/checkout/");
        assertThat(asked.text("offer.amount")).isEqualTo("4900");
        assertThat(shop.isIn(bea, course)).isFalse();

        var browser = shop.browser(bea);
        var till = browser.submit(shop.host, "/courses/" + course + "/buy", Map.of());
        assertThat(till.address()).contains("/checkout/");
        assertThat(till.body()).contains("€49").contains("No money moves here");
        var refused = pay(browser, till, "refused");
        assertThat(refused.body()).contains("The card was refused");
        assertThat(shop.isIn(bea, course)).isFalse();
        var player = pay(browser, till, "card");
        assertThat(player.address()).contains("/learn/" + course);
        assertThat(shop.isIn(bea, course)).isTrue();
        assertThat(shop.enroll(bea, course).status()).isEqualTo(200);
        assertThat(shop.learn(bea, course).status()).isEqualTo(200);
        assertThat(shop.isIn(shop.buyer(), course)).isFalse();
    }

    @Test
    void howeverOftenAndWhereverSomebodyClicksItIsOneOrderAndOneCharge() throws Exception {
        var bea = shop.buyer();
        var asks = new ArrayList<Callable<String>>();
        for (int i = 0; i < 8; i++) {
            asks.add(() -> shop.enroll(bea, course).text("checkoutUrl"));
        }
        var addresses = AtOnce.all(asks).stream().distinct().toList();
        assertThat(addresses).hasSize(1);
        var browser = shop.browser(bea);
        var till = browser.submit(shop.host, "/courses/" + course + "/buy", Map.of());
        var pays = new ArrayList<Callable<Visitor.Answer>>();
        for (int i = 0; i < 4; i++) {
            pays.add(() -> pay(browser, till, "card"));
        }
        AtOnce.all(pays).forEach(it -> assertThat(it.status()).isEqualTo(200));
        assertThat(count("orders")).isEqualTo(1);
        assertThat(count("payments")).isEqualTo(1);
        assertThat(count("enrollments")).isEqualTo(1);
        assertThat(count("access_grants")).isEqualTo(1);
    }

    /** As who clicks while an event of theirs is just being settled: nobody pays twice. */
    @Test
    void whoHasPaidIsLedToNoOtherCheckoutThoughTheyWereNotInAMomentAgo() {
        var bea = shop.buyer();
        buy(bea, course);
        var offer =
                service.sql("select offer_id from orders where user_id = :id")
                        .param("id", bea.id())
                        .query(UUID.class)
                        .single();
        var root = "http://" + shop.visitor.host(shop.host);
        var begun =
                Caller.member(school(), bea.id(), "Bea Buyer", Role.STUDENT)
                        .get(() ->
                                checkouts.begin(Wish.own(offer, null), root, "/courses/" + course));
        assertThat(begun).isInstanceOf(Checkouts.Begun.Paid.class);
        assertThat(count("orders")).isEqualTo(1);
    }

    /** Pages of the test checkout may still be open then; they give nothing away. */
    @Test
    void whereASchoolIsPaidInEarnestTheTestCheckoutOpensNothingAnyMore() {
        var bea = shop.buyer();
        var browser = shop.browser(bea);
        var till = browser.submit(shop.host, "/courses/" + course + "/buy", Map.of());
        var cid = shop.buyer();
        var his = shop.browser(cid);
        var transfer = his.submit(shop.host, "/courses/" + course + "/buy", Map.of());
        pay(his, transfer, "bank");
        var earnest =
                Map.of(
                        "provider", "stripe",
                        "secretKey", "sk_test_1234",
                        "webhookSecret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var set = shop.call("PUT", "/api/v1/settings/payments", shop.owner, earnest);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        pay(browser, till, "card");
        pay(his, transfer, "arrived");
        assertThat(shop.isIn(bea, course)).isFalse();
        assertThat(shop.isIn(cid, course)).isFalse();
        assertThat(statuses()).isEqualTo(Map.of("expired", 2L));
        assertThat(shop.call("GET", "/api/v1/mismatches", shop.owner, null).json().path("items"))
                .isEmpty();
    }

    @Test
    void aBankTransferOpensTheCourseWhenItArrives() {
        var bea = shop.buyer();
        var browser = shop.browser(bea);
        var till = browser.submit(shop.host, "/courses/" + course + "/buy", Map.of());
        var waiting = pay(browser, till, "bank");
        assertThat(waiting.body()).contains("The payment is on its way");
        assertThat(waiting.header("Refresh")).isEqualTo("2");
        assertThat(shop.isIn(bea, course)).isFalse();
        assertThat(shop.enroll(bea, course).text("checkoutUrl")).endsWith("/done");
        assertThat(pay(browser, till, "arrived").address()).contains("/learn/" + course);
        assertThat(shop.isIn(bea, course)).isTrue();
    }

    @Test
    void aRefundTakesTheAccessItPaidForAndNoOther() {
        var sails = shop.course("Sails", 2000);
        var bea = shop.buyer();
        buy(bea, course);
        buy(bea, sails);
        assertThat(shop.learn(bea, course).status()).isEqualTo(200);
        asOffice(() -> refunds.ask(order(bea, course), 900L, "as a kindness", bea.id()));
        due.run(school().id());
        assertThat(shop.isIn(bea, course)).isTrue();
        asOffice(() -> refunds.ask(order(bea, course), null, "", bea.id()));
        due.run(school().id());
        assertThat(status(bea, course)).isEqualTo("refunded");
        assertThat(shop.isIn(bea, course)).isFalse();
        assertThat(shop.isIn(bea, sails)).isTrue();
        var after = shop.learn(bea, course);
        assertThat(after.status()).isEqualTo(402);
        assertThat(after.text("offer.amount")).isEqualTo("4900");
        assertThat(after.text("checkoutUrl")).contains("/courses/" + course);
        assertThat(shop.browser(bea).open(shop.host, "/learn").body())
                .contains("No longer open to you", "/courses/" + course + "\"", "It is kept");

        buy(bea, course);
        assertThat(shop.isIn(bea, course)).isTrue();
        assertThat(shop.browser(bea).open(shop.host, "/learn").body())
                .doesNotContain("No longer open to you");
        var mine = shop.call("GET", "/api/v1/me/enrollments", bea.token(), null);
        assertThat(mine.body()).contains("\"completed\":1");
    }

    @Test
    void theLastSeatIsSoldOnceAndTheOthersGetTheirMoneyBack() throws Exception {
        shop.limit(course, 1);
        var tills = new ArrayList<Callable<Visitor.Answer>>();
        var buyers = new ArrayList<Shop.Buyer>();
        for (int i = 0; i < 6; i++) {
            var buyer = shop.buyer();
            var browser = shop.browser(buyer);
            var till = browser.submit(shop.host, "/courses/" + course + "/buy", Map.of());
            buyers.add(buyer);
            tills.add(() -> pay(browser, till, "card"));
        }
        AtOnce.all(tills).forEach(it -> assertThat(it.status()).isEqualTo(200));
        due.run(school().id());
        assertThat(buyers.stream().filter(it -> shop.isIn(it, course))).hasSize(1);
        assertThat(statuses()).isEqualTo(Map.of("paid", 1L, "refunded", 5L));
        assertThat(count("waiting_list")).isEqualTo(5);
        assertThat(shop.enroll(shop.buyer(), course).status()).isEqualTo(409);
    }

    @Test
    void anotherPriceAsksForAnotherOrder() {
        var bea = shop.buyer();
        var first = shop.enroll(bea, course).text("checkoutUrl");
        shop.price(course, 5900);
        var second = shop.enroll(bea, course);
        assertThat(second.text("checkoutUrl")).isNotEqualTo(first);
        assertThat(second.text("offer.amount")).isEqualTo("5900");
        assertThat(statuses()).isEqualTo(Map.of("expired", 1L, "pending", 1L));
        SetClock.of(clock).pass(Duration.ofHours(25));
        assertThat(shop.enroll(bea, course).text("checkoutUrl"))
                .isNotEqualTo(second.text("checkoutUrl"));
        assertThat(statuses()).isEqualTo(Map.of("expired", 2L, "pending", 1L));
    }

    @Test
    void whoIsInStaysInWhenACourseComesToCostSomething() {
        var free = shop.course("Splices", 0);
        var bea = shop.buyer();
        assertThat(shop.enroll(bea, free).status()).isEqualTo(201);
        shop.price(free, 900);
        assertThat(shop.enroll(bea, free).status()).isEqualTo(200);
        assertThat(shop.learn(bea, free).status()).isEqualTo(200);
        var left = shop.call("DELETE", "/api/v1/me/enrollments/" + free, bea.token(), null);
        assertThat(left.status()).isEqualTo(204);
        assertThat(shop.enroll(bea, free).status()).isEqualTo(402);
        buy(bea, free);
        assertThat(
                        shop.call("DELETE", "/api/v1/me/enrollments/" + free, bea.token(), null)
                                .status())
                .isEqualTo(204);
        assertThat(shop.enroll(bea, free).status()).isEqualTo(201);
    }

    @Test
    void whatIsNoPriceIsRefusedAndOthersHaveNoSay() {
        var path = "/api/v1/courses/" + course + "/price";
        for (var body :
                new Object[] {
                    Map.of("amount", -1, "currency", "EUR"),
                    Map.of("amount", 0, "currency", "EUR"),
                    Map.of("amount", 100, "currency", "XXX"),
                    Map.of("amount", 100, "currency", "euro"),
                    Map.of("currency", "EUR"),
                    Map.of("amount", 100)
                }) {
            var answer = shop.call("PUT", path, shop.owner, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.text("errors.0.message")).isNotEmpty();
        }
        var price = Map.of("amount", 1, "currency", "JPY");
        assertThat(shop.call("PUT", path, shop.buyer().token(), price).status()).isEqualTo(403);
        assertThat(shop.call("PUT", path, new Shop(port).owner, price).status()).isEqualTo(401);
        assertThat(shop.call("PUT", path, shop.owner, price).status()).isEqualTo(200);
        assertThat(shop.call("DELETE", path, shop.owner, null).status()).isEqualTo(204);
        assertThat(shop.enroll(shop.buyer(), course).status()).isEqualTo(201);
    }

    private static Map<String, Object> price(long amount, String currency) {
        return Map.of("amount", amount, "currency", currency);
    }

    private String order(Shop.Buyer buyer) {
        return service.sql(
                        """
                        select amount || ' ' || currency from orders
                         where user_id = :buyer and status = 'pending'
                        """)
                .param("buyer", buyer.id())
                .query(String.class)
                .single();
    }

    @Test
    void aCourseCostsSomethingElseInEachOfItsCurrencies() {
        var path = "/api/v1/courses/" + course + "/price";
        var body =
                Map.of(
                        "amount",
                        4900,
                        "currency",
                        "EUR",
                        "others",
                        List.of(price(5500, "usd"), price(4500, "CHF")));
        var set = shop.call("PUT", path, shop.owner, body);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
        assertThat(set.text("amount") + set.text("currency")).isEqualTo("4900EUR");
        assertThat(set.text("others.0.currency")).isEqualTo("USD");
        var shown = shop.call("GET", "/api/v1/courses/" + course, null, null);
        assertThat(shown.text("price.amount") + shown.text("price.currency")).isEqualTo("4900EUR");
        assertThat(shown.text("price.others.1.amount")).isEqualTo("4500");

        // The first one is not the one that comes first in the alphabet.
        var bea = shop.buyer();
        assertThat(shop.enroll(bea, course).text("offer.currency")).isEqualTo("EUR");
        assertThat(order(bea)).isEqualTo("4900 EUR");
        var enroll = "/api/v1/courses/" + course + "/enrollments?currency=";
        var dollars = shop.call("POST", enroll + "usd", bea.token(), null);
        assertThat(dollars.status()).isEqualTo(402);
        assertThat(dollars.text("offer.amount") + dollars.text("offer.currency"))
                .isEqualTo("5500USD");
        assertThat(order(bea)).isEqualTo("5500 USD");
        var none = shop.call("POST", enroll + "GBP", bea.token(), null);
        assertThat(none.status()).isEqualTo(422);
        assertThat(none.text("errors.0.field")).isEqualTo("currency");
        assertThat(none.text("errors.0.message")).contains("EUR, USD, CHF");
        assertThat(order(bea)).isEqualTo("5500 USD");

        var browser = shop.browser(bea);
        assertThat(browser.open(shop.host, "/courses/" + course).body()).contains("or $55");
        var join = browser.open(shop.host, "/courses/" + course + "/join").body();
        assertThat(join).contains("name=\"currency\"", "USD · $55", "CHF");
        var at = "/courses/" + course + "/buy";
        var refused = browser.submit(shop.host, at, Map.of("currency", "GBP"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("not sold in this currency");
        browser.submit(shop.host, at, Map.of("currency", "CHF"));
        assertThat(order(bea)).isEqualTo("4500 CHF");
        buy(bea, course);
        assertThat(shop.isIn(bea, course)).isTrue();
    }

    @Test
    void whoeverSetsThePriceSetsAllOfThem() {
        var path = "/api/v1/courses/" + course + "/price";
        var two = Map.of("amount", 4900, "currency", "EUR", "others", List.of(price(55, "USD")));
        assertThat(shop.call("PUT", path, shop.owner, two).status()).isEqualTo(200);
        shop.price(course, 3900);
        var shown = shop.call("GET", "/api/v1/courses/" + course, null, null);
        assertThat(shown.json().path("price").has("others")).isFalse();
        var bea = shop.buyer();
        var usd = "/api/v1/courses/" + course + "/enrollments?currency=USD";
        assertThat(shop.call("POST", usd, bea.token(), null).status()).isEqualTo(422);
        for (var others :
                List.of(
                        List.of(price(100, "EUR")),
                        List.of(price(0, "USD")),
                        List.of(price(100, "XXX")),
                        List.of(price(1, "USD"), price(2, "USD")))) {
            var body = Map.of("amount", 4900, "currency", "EUR", "others", others);
            var answer = shop.call("PUT", path, shop.owner, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.text("errors.0.field")).startsWith("others.");
        }
        assertThat(shop.enroll(bea, course).text("offer.amount")).isEqualTo("3900");
    }

    @Test
    void anOrderIsItsBuyersAlone() {
        var bea = shop.buyer();
        var url = shop.enroll(bea, course).text("checkoutUrl");
        var path = url.substring(url.indexOf("/checkout/"));
        var other = shop.browser(shop.buyer());
        assertThat(other.open(shop.host, path).status()).isEqualTo(404);
        assertThat(other.submit(shop.host, path, Map.of("how", "card")).status()).isEqualTo(404);
        assertThat(shop.isIn(bea, course)).isFalse();
        assertThat(other.open(shop.host, "/orders/" + UUID.randomUUID() + "/done").status())
                .isEqualTo(404);
    }

    private void buy(Shop.Buyer buyer, String what) {
        var browser = shop.browser(buyer);
        var till = browser.submit(shop.host, "/courses/" + what + "/buy", Map.of());
        assertThat(till.address()).as(till.body()).contains("/checkout/");
        assertThat(pay(browser, till, "card").address()).contains("/learn/" + what);
    }

    private Visitor.Answer pay(Visitor browser, Visitor.Answer till, String how) {
        var order = ORDER.matcher(till.address());
        assertThat(order.find()).as(till.address()).isTrue();
        return browser.submit(shop.host, "/checkout/" + order.group(1), Map.of("how", how));
    }

    private UUID order(Shop.Buyer buyer, String what) {
        return service.sql(
                        """
                        select r.id from orders r
                          join offers o on o.organization_id = r.organization_id and o.id = r.offer_id
                          join courses c on c.organization_id = o.organization_id and c.id = o.course_id
                         where r.user_id = :buyer and c.slug = :course
                         order by r.id desc limit 1
                        """)
                .param("buyer", buyer.id())
                .param("course", what)
                .query(UUID.class)
                .single();
    }

    private String status(Shop.Buyer buyer, String what) {
        return service.sql("select status from orders where id = :id")
                .param("id", order(buyer, what))
                .query(String.class)
                .single();
    }

    private Map<String, Long> statuses() {
        var found = new java.util.TreeMap<String, Long>();
        service.sql(
                        "select status, count(*) from orders where organization_id = :school group by 1")
                .param("school", school().id())
                .query(row -> {
                    found.put(row.getString(1), row.getLong(2));
                });
        return found;
    }

    private int count(String table) {
        return service.sql("select count(*) from " + table + " where organization_id = :school")
                .param("school", school().id())
                .query(Integer.class)
                .single();
    }

    private Organization school() {
        return organizations.bySubdomain(shop.host).orElseThrow();
    }

    private void asOffice(Runnable work) {
        Caller.office(school()).run(work);
    }
}
