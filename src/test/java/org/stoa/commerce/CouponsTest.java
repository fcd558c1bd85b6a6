package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.commerce.Shop.Buyer;
import org.stoa.jobs.DueJobs;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.AtOnce;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor.Answer;

/** Codes that take something off: as much as they say, as often as they may, and no more. */
@StoaTest
class CouponsTest {
    private static final String COUPONS = "/api/v1/coupons";

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired Organizations organizations;
    private @Autowired DueJobs due;
    private @Autowired Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    private String knots = "";
    private String offer = "";

    @BeforeEach
    void open() {
        shop = new Shop(port);
        knots = shop.course("Knots", 4900);
        offer =
                offer(
                        "Abroad",
                        List.of(price(4900, "EUR"), price(4999, "USD"), price(4900, "JPY")));
    }

    @AfterEach
    void putRight() {
        SetClock.of(clock).putRight();
    }

    @Test
    void aShareAndASumAreTakenOffAndStandOnTheOrder() {
        coupon(Map.of("code", "third", "percent", 33));
        coupon(Map.of("code", "TEN", "amount", 1000, "currency", "EUR"));
        var bea = shop.buyer();
        var browser = shop.browser(bea);
        var page = browser.open(shop.host, "/offers/" + offer + "?currency=EUR&coupon=+Ten+");
        assertThat(page.body()).contains("Less, with TEN", "− €10", "Buy for €39");
        var begun = buy(bea, Map.of("currency", "EUR", "coupon", "ten"));
        assertThat(amount(begun)).isEqualTo(3900);
        pay(bea, begun);
        assertThat(shop.isIn(bea, knots)).isTrue();
        var receipt = browser.open(shop.host, "/orders/" + begun.text("orderId"));
        assertThat(receipt.body()).contains("Less, with TEN", "− €10", "€49", "€39");
        var known = shop.call("GET", "/api/v1/orders/" + begun.text("orderId"), shop.owner, null);
        assertThat(known.text("order.discount")).isEqualTo("1000");
        assertThat(known.text("order.coupon")).isEqualTo("TEN");
        var office = shop.browser(new Buyer(UUID.randomUUID(), "", shop.host + "@example.org"));
        var sale = office.open(shop.host, "/admin/sales/orders/" + begun.text("orderId"));
        assertThat(sale.body()).contains("€49 less €10 with TEN");
        // 33 per cent of 4999 is 1649.67, of 4900 yen 1617.
        var dollars = buy(shop.buyer(), Map.of("currency", "USD", "coupon", "THIRD"));
        assertThat(amount(dollars)).isEqualTo(4999 - 1650);
        var yen = buy(shop.buyer(), Map.of("currency", "JPY", "coupon", "THIRD"));
        assertThat(amount(yen)).isEqualTo(4900 - 1617);
        assertThat(office.open(shop.host, "/admin/coupons").body()).contains("THIRD", "2 times");
    }

    @Test
    void eachReasonNotToTakeItIsSaidInItsOwnWords() {
        var now = clock.instant();
        coupon(Map.of("code", "TEN", "amount", 1000, "currency", "EUR"));
        coupon(
                Map.of(
                        "code",
                        "LATER",
                        "percent",
                        5,
                        "startsAt",
                        now.plus(Duration.ofDays(2)).toString()));
        coupon(
                Map.of(
                        "code",
                        "SOON-OVER",
                        "percent",
                        5,
                        "endsAt",
                        now.plus(Duration.ofDays(1)).toString()));
        coupon(
                Map.of(
                        "code",
                        "OTHER",
                        "percent",
                        5,
                        "offer",
                        offer("At home", List.of(price(900, "EUR")))));
        var gone = coupon(Map.of("code", "GONE", "percent", 5));
        assertThat(shop.call("DELETE", COUPONS + "/" + gone, shop.owner, null).status())
                .isEqualTo(204);
        coupon(Map.of("code", "ONE", "percent", 5, "mostUses", 1));
        assertThat(buy(shop.buyer(), Map.of("coupon", "ONE")).status()).isEqualTo(201);
        refused("NOWHERE", "EUR", "There is no coupon “NOWHERE”");
        refused("TEN", "USD", "only off prices in EUR");
        refused("LATER", "EUR", "LATER holds from");
        refused("OTHER", "EUR", "is for “At home” alone");
        refused("GONE", "EUR", "does not hold any more");
        refused("ONE", "EUR", "as often as it may be");
        SetClock.of(clock).pass(Duration.ofDays(1).plusMinutes(1));
        refused("SOON-OVER", "EUR", "held until");
    }

    private void refused(String code, String currency, String words) {
        var bea = shop.buyer();
        var answer = buy(bea, Map.of("coupon", code, "currency", currency));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("errors.0.field")).isEqualTo("coupon");
        assertThat(answer.text("errors.0.message")).contains(words);
        var address = "/offers/" + offer + "?currency=" + currency + "&coupon=" + code;
        var page = shop.browser(bea).open(shop.host, address);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains(words).doesNotContain("Less, with");
    }

    @Test
    void aLimitOfOneIsUsedOnceHoweverManyComeAtOnce() throws Exception {
        coupon(Map.of("code", "ONE", "percent", 50, "mostUses", 1));
        var asks = new ArrayList<Callable<Answer>>();
        for (int i = 0; i < 8; i++) {
            var buyer = shop.buyer();
            asks.add(() -> buy(buyer, Map.of("coupon", "one")));
        }
        var statuses = AtOnce.all(asks).stream().map(Answer::status);
        assertThat(statuses).containsOnly(201, 422).filteredOn(it -> it == 201).hasSize(1);
        assertThat(discounted()).isEqualTo(1);
    }

    @Test
    void aCouponIsUsedOnceByAPersonUntilTheOrderEndsWithoutMoney() {
        coupon(Map.of("code", "ONCE", "percent", 10));
        var other = offer("At home", List.of(price(900, "EUR")));
        var bea = shop.buyer();
        var begun = buy(bea, Map.of("coupon", "ONCE", "currency", "EUR"));
        var path = "/api/v1/offers/" + other + "/orders";
        var body = Map.of("coupon", "once");
        var before = shop.call("POST", path, bea.token(), body);
        assertThat(before.text("errors.0.message")).contains("You used ONCE before");
        // Asked again, it is the same order and no second use.
        assertThat(buy(bea, Map.of("coupon", "ONCE", "currency", "EUR")).text("orderId"))
                .isEqualTo(begun.text("orderId"));
        // Without it, the former checkout is ended, and the coupon is free again.
        assertThat(amount(buy(bea, Map.of("currency", "EUR")))).isEqualTo(4900);
        assertThat(shop.call("POST", path, bea.token(), body).status()).isEqualTo(201);
    }

    @Test
    void aRefundInFullGivesTheUseBack() {
        coupon(Map.of("code", "ONE", "percent", 10, "mostUses", 1));
        var bea = shop.buyer();
        var begun = buy(bea, Map.of("coupon", "ONE"));
        pay(bea, begun);
        assertThat(buy(shop.buyer(), Map.of("coupon", "ONE")).status()).isEqualTo(422);
        var path = "/api/v1/orders/" + begun.text("orderId") + "/refunds";
        assertThat(shop.call("POST", path, shop.owner, Map.of()).status()).isEqualTo(202);
        due.run(organizations.bySubdomain(shop.host).orElseThrow().id());
        assertThat(buy(shop.buyer(), Map.of("coupon", "ONE")).status()).isEqualTo(201);
    }

    @Test
    void whatComesToNothingIsOpenAtOnceAndNeverCostsLess() {
        coupon(Map.of("code", "ALL", "amount", 900_000, "currency", "EUR"));
        var bea = shop.buyer();
        var begun = buy(bea, Map.of("coupon", "ALL", "currency", "EUR"));
        assertThat(begun.status()).as(begun.body()).isEqualTo(201);
        assertThat(begun.text("status")).isEqualTo("paid");
        assertThat(amount(begun)).isZero();
        assertThat(shop.isIn(bea, knots)).isTrue();
        var cid = shop.buyer();
        var inside =
                shop.browser(cid)
                        .submit(
                                shop.host,
                                "/offers/" + offer + "/buy?seen=0EUR",
                                Map.of("coupon", "all", "currency", "EUR"));
        assertThat(inside.address()).contains("/learn");
        assertThat(shop.isIn(cid, knots)).isTrue();
        assertThat(count("payments")).isZero();
        assertThat(
                        shop.call("GET", "/api/v1/mismatches", shop.owner, null)
                                .json()
                                .path("items")
                                .size())
                .isZero();
    }

    @Test
    void whatComesToNothingOpensNoFullCourse() {
        shop.limit(knots, 1);
        assertThat(buy(shop.buyer(), Map.of()).status()).isEqualTo(201);
        coupon(Map.of("code", "ALL", "percent", 100));
        var bea = shop.buyer();
        assertThat(buy(bea, Map.of("coupon", "ALL")).text("status")).isEqualTo("paid");
        assertThat(buy(shop.buyer(), Map.of("coupon", "ALL")).status()).isEqualTo(409);
    }

    @Test
    void aPriceThatWasNotSeenIsNotCharged() {
        coupon(Map.of("code", "TEN", "amount", 1000, "currency", "EUR"));
        var bea = shop.buyer();
        var path = "/offers/" + offer + "/buy?seen=1EUR";
        var page =
                shop.browser(bea)
                        .submit(shop.host, path, Map.of("coupon", "TEN", "currency", "EUR"));
        assertThat(page.body()).contains("It comes to €39 now");
        assertThat(count("orders")).isZero();
    }

    @Test
    void aCoursesOwnPriceTakesACouponToo() {
        coupon(Map.of("code", "TEN", "amount", 1000, "currency", "EUR"));
        var bea = shop.buyer();
        var ways = shop.browser(bea).open(shop.host, "/courses/" + knots + "/offers");
        var own = ways.body().replaceAll("(?s).*?href=\"/offers/([0-9a-f-]{36})\".*", "$1");
        var begun =
                shop.call(
                        "POST",
                        "/api/v1/offers/" + own + "/orders",
                        bea.token(),
                        Map.of("coupon", "TEN"));
        assertThat(amount(begun)).isEqualTo(3900);
        pay(bea, begun);
        assertThat(shop.isIn(bea, knots)).isTrue();
    }

    @Test
    void whatIsNoCouponIsRefusedAndIsTheOfficesAlone() {
        coupon(Map.of("code", "TAKEN", "percent", 5));
        assertThat(made(Map.of("code", "taken", "percent", 5)).status()).isEqualTo(409);
        var wrongs = new HashMap<Map<String, Object>, String>();
        wrongs.put(Map.of("code", "a", "percent", 5), "code");
        wrongs.put(Map.of("code", "A B C", "percent", 5), "code");
        wrongs.put(Map.of("code", "ABC"), "percent");
        wrongs.put(Map.of("code", "ABC", "percent", 0), "percent");
        wrongs.put(Map.of("code", "ABC", "percent", 101), "percent");
        wrongs.put(Map.of("code", "ABC", "percent", 5, "amount", 5, "currency", "EUR"), "percent");
        wrongs.put(Map.of("code", "ABC", "amount", -5, "currency", "EUR"), "amount");
        wrongs.put(Map.of("code", "ABC", "amount", 5), "currency");
        wrongs.put(Map.of("code", "ABC", "percent", 5, "mostUses", 0), "mostUses");
        wrongs.put(Map.of("code", "ABC", "percent", 5, "offer", UUID.randomUUID()), "offer");
        wrongs.put(
                Map.of(
                        "code",
                        "ABC",
                        "percent",
                        5,
                        "startsAt",
                        "2026-02-01T00:00:00Z",
                        "endsAt",
                        "2026-01-01T00:00:00Z"),
                "endsAt");
        wrongs.forEach((body, field) -> {
            var answer = made(body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(422);
            assertThat(answer.text("errors.0.field")).isEqualTo(field);
        });
        var buyer = shop.buyer();
        assertThat(shop.call("GET", COUPONS, buyer.token(), null).status()).isEqualTo(403);
        assertThat(shop.call("POST", COUPONS, buyer.token(), Map.of()).status()).isEqualTo(403);
    }

    @Test
    void theOfficeMakesACouponByItsForm() {
        var office = shop.browser(new Buyer(UUID.randomUUID(), "", shop.host + "@example.org"));
        var fields = new HashMap<>(Map.of("code", "winter", "worth", "9,5O", "unit", "EUR"));
        var wrong = office.submit(shop.host, "/admin/coupons", fields);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("Write 9,50.");
        fields.put("worth", "9,50");
        fields.put("endsAt", "2199-01-01T00:00");
        var list = office.submit(shop.host, "/admin/coupons", fields);
        assertThat(list.body()).contains("WINTER", "€9.50 off", "0 times", "holds");
        var id = list.body().replaceAll("(?s).*?/admin/coupons/([0-9a-f-]{36})/withdraw.*", "$1");
        var after = office.submit(shop.host, "/admin/coupons/" + id + "/withdraw", Map.of());
        assertThat(after.body()).contains("withdrawn");
    }

    private String offer(String title, List<Map<String, Object>> prices) {
        var body =
                Map.of("title", title, "courses", List.of(knots), "kind", "once", "prices", prices);
        var answer = shop.call("POST", "/api/v1/offers", shop.owner, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("id");
    }

    private static Map<String, Object> price(long amount, String currency) {
        return Map.of("amount", amount, "currency", currency);
    }

    private String coupon(Map<String, Object> body) {
        var answer = made(body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.text("id");
    }

    private Answer made(Map<String, Object> body) {
        return shop.call("POST", COUPONS, shop.owner, body);
    }

    private Answer buy(Buyer buyer, Map<String, Object> body) {
        return shop.call("POST", "/api/v1/offers/" + offer + "/orders", buyer.token(), body);
    }

    private void pay(Buyer buyer, Answer begun) {
        var path = "/checkout/" + begun.text("orderId");
        shop.browser(buyer).submit(shop.host, path, Map.of("how", "card"));
    }

    private long amount(Answer begun) {
        assertThat(begun.status()).as(begun.body()).isEqualTo(201);
        return service.sql("select amount from orders where id = :id")
                .param("id", UUID.fromString(begun.text("orderId")))
                .query(Long.class)
                .single();
    }

    private long discounted() {
        return count("orders where discount > 0");
    }

    private long count(String what) {
        return service.sql(
                        "select count(*) from "
                                + what
                                + (what.contains(" where ") ? " and " : " where ")
                                + "organization_id = (select id from organizations where subdomain = :school)")
                .param("school", shop.host)
                .query(Long.class)
                .single();
    }
}
