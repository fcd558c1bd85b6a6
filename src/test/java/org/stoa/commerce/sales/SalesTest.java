package org.stoa.commerce.sales;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.commerce.Shop;
import org.stoa.jobs.DueJobs;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** What a school sees of what it sold, what it does with it, and what its buyers see. */
@StoaTest
class SalesTest {
    private static final Pattern ORDER = Pattern.compile("/checkout/([0-9a-f-]{36})");

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired Organizations organizations;
    private @Autowired DueJobs due;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @SuppressWarnings("NullAway.Init")
    private Visitor admin;

    private String course = "";

    @BeforeEach
    void open() {
        shop = new Shop(port);
        course = shop.course("Knots", 4900);
        admin = new Visitor(port);
        var owner = shop.host + "@example.org";
        admin.submit(shop.host, "/sign-in", Map.of("email", owner, "password", Visitor.PASSWORD));
        assertThat(admin.session(shop.host)).isNotNull();
    }

    @Test
    void ordersAreListedNewestFirstAndFoundByWhatPeopleKnowOfThem() {
        assertThat(admin.open(shop.host, "/admin/sales").body()).contains("Nothing sold yet");
        var sails = shop.course("Sails", 2000);
        var bea = shop.buyer();
        var cid = shop.buyer();
        var first = buy(bea, course);
        var second = buy(cid, sails);
        var third = begin(bea, sails);
        var all = shop.call("GET", "/api/v1/orders?limit=2", shop.owner, null);
        assertThat(all.text("items.0.id")).isEqualTo(third.toString());
        assertThat(all.text("items.1.id")).isEqualTo(second.toString());
        var cursor = all.text("nextCursor");
        var rest = shop.call("GET", "/api/v1/orders?cursor=" + cursor, shop.owner, null);
        assertThat(rest.text("items.0.id")).isEqualTo(first.toString());
        assertThat(rest.json().path("items").size()).isEqualTo(1);
        var code = rest.text("items.0.code");
        found(code, first);
        found(code.toLowerCase(java.util.Locale.ROOT), first);
        found(bea.email() + "&status=paid", first);
        found("knot", first);
        found("sails&status=pending", third);
        assertThat(count("%25")).isZero();
        assertThat(count("Bea")).isEqualTo(3);
        assertThat(shop.call("GET", "/api/v1/orders?status=odd", shop.owner, null).status())
                .isEqualTo(422);
        var page = admin.open(shop.host, "/admin/sales?q=" + code);
        assertThat(page.body()).contains(code, bea.email(), "€49").doesNotContain(cid.email());
        assertThat(page.body()).contains("€69", "Everything agrees");
        assertThat(admin.open(shop.host, "/admin/sales?span=months").body()).contains("€69");
    }

    @Test
    void moneyGoesBackInPartAndThenWhollyAfterAQuestion() {
        var bea = shop.buyer();
        var order = buy(bea, course);
        var at = "/admin/sales/orders/" + order;
        assertThat(admin.open(shop.host, at).body()).contains("Bea Buyer", "At most €49");
        var wrong = admin.open(shop.host, at + "/refund?amount=4O");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("Write 40.");
        assertThat(admin.open(shop.host, at + "/refund?amount=49.01").body())
                .contains("at most €49");
        assertThat(admin.open(shop.host, at + "/refund?amount=0").body()).contains("above zero");
        var refunds = "/api/v1/orders/" + order + "/refunds";
        var less = shop.call("POST", refunds, shop.owner, Map.of("amount", -1));
        assertThat(less.status()).isEqualTo(422);
        assertThat(less.body()).contains("above zero");
        var asked = admin.open(shop.host, at + "/refund?amount=9,50&reason=late");
        assertThat(asked.body()).contains("€9.50 goes back to Bea Buyer", "€39.50 stays");
        var form = Map.of("amount", "950", "left", "4900", "reason", "late");
        assertThat(admin.submit(shop.host, at + "/refunds", form).body())
                .contains("The money is going back");
        assertThat(admin.submit(shop.host, at + "/refunds", form).status()).isEqualTo(409);
        done();
        assertThat(shop.isIn(bea, course)).isTrue();
        var detail = shop.call("GET", "/api/v1/orders/" + order, shop.owner, null);
        assertThat(detail.text("order.returned")).isEqualTo("950");
        assertThat(detail.text("left")).isEqualTo("3950");
        assertThat(detail.text("refunds.0.askedBy")).isEqualTo("Olga Owner");
        assertThat(detail.text("refunds.0.reason")).isEqualTo("late");

        var rest = shop.call("POST", "/api/v1/orders/" + order + "/refunds", shop.owner, Map.of());
        assertThat(rest.status()).as(rest.body()).isEqualTo(202);
        assertThat(rest.text("amount")).isEqualTo("3950");
        done();
        assertThat(shop.isIn(bea, course)).isFalse();
        var page = admin.open(shop.host, at);
        assertThat(page.body())
                .contains("given back", "All of the money went back", "ended", "Olga Owner")
                .doesNotContain("At most");
        assertThat(
                        shop.call(
                                        "POST",
                                        "/api/v1/orders/" + order + "/refunds",
                                        shop.owner,
                                        Map.of())
                                .status())
                .isEqualTo(409);
        assertThat(admin.open(shop.host, "/admin/sales").body())
                .contains("€49 came in, €49 went back");
    }

    @Test
    void whoPaidAndIsNotInIsGivenTheAccess() {
        var bea = shop.buyer();
        var order = buy(bea, course);
        service.sql("update access_grants set ends_at = now() where source_reference = :order")
                .param("order", order.toString())
                .update();
        assertThat(shop.isIn(bea, course)).isFalse();
        var id = mismatch("payment-without-access");
        var page = admin.open(shop.host, "/admin/sales");
        assertThat(page.body()).contains("paid for “Knots” and has no access", "Give the access");
        assertThat(mend(id).body()).contains("The access is given", "Everything agrees");
        assertThat(shop.isIn(bea, course)).isTrue();
        assertThat(admin.open(shop.host, "/admin/sales/orders/" + order).body())
                .contains("Access given by hand");
        assertThat(mend(id).status()).isEqualTo(404);
    }

    @Test
    void aFullCourseSaysSoAndNothingIsWritten() {
        var bea = shop.buyer();
        var order = buy(bea, course);
        service.sql("update access_grants set ends_at = now() where source_reference = :order")
                .param("order", order.toString())
                .update();
        service.sql("update enrollments set status = 'lapsed' where user_id = :bea")
                .param("bea", bea.id())
                .update();
        shop.limit(course, 0);
        var full = mend(mismatch("payment-without-access"));
        assertThat(full.status()).isEqualTo(409);
        assertThat(full.body()).contains("The course is full");
        assertThat(shop.isIn(bea, course)).isFalse();
    }

    @Test
    void whoIsInAndHasNotPaidIsNotInAnyMore() {
        var bea = shop.buyer();
        var order = buy(bea, course);
        service.sql("update orders set status = 'lost' where id = :order")
                .param("order", order)
                .update();
        var id = mismatch("access-without-payment");
        assertThat(shop.isIn(bea, course)).isTrue();
        assertThat(mend(id).body()).contains("The access is ended");
        assertThat(shop.isIn(bea, course)).isFalse();

        var cid = shop.buyer();
        buy(cid, course);
        service.sql(
                        "update access_grants set source_reference = 'nobody knows' where user_id = :cid")
                .param("cid", cid.id())
                .update();
        var both = shop.call("GET", "/api/v1/mismatches", shop.owner, null);
        assertThat(both.json().path("items").size()).as(both.body()).isEqualTo(2);
        for (var one : both.json().path("items")) {
            var path = "/api/v1/mismatches/" + one.path("id").asString() + "/mend";
            assertThat(shop.call("POST", path, shop.owner, null).status()).isEqualTo(204);
        }
        assertThat(shop.call("GET", "/api/v1/mismatches", shop.owner, null).body())
                .isEqualTo("{\"items\":[]}");
        assertThat(shop.isIn(cid, course)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"paid,refund-refused", "returning,return-refused"})
    void aRefundThatWasRefusedIsTriedAgain(String status, String kind) {
        var bea = shop.buyer();
        var order = buy(bea, course);
        service.sql(
                        """
                        insert into refunds (organization_id, id, payment_id, amount, reason, status, created_at, done_at)
                        select organization_id, :id, id, 4900, '', 'failed', now(), now()
                          from payments where order_id = :order
                        """)
                .param("id", UUID.randomUUID())
                .param("order", order)
                .update();
        service.sql("update orders set status = :status where id = :order")
                .param("status", status)
                .param("order", order)
                .update();
        if (status.equals("returning")) {
            service.sql("update access_grants set ends_at = now() where user_id = :bea")
                    .param("bea", bea.id())
                    .update();
        }
        assertThat(mend(mismatch(kind)).body()).contains("is being given back again");
        done();
        var after = shop.call("GET", "/api/v1/orders/" + order, shop.owner, null);
        assertThat(after.text("order.status")).isEqualTo("refunded");
        assertThat(after.text("order.returned")).isEqualTo("4900");
        assertThat(after.text("refunds.0.status")).isEqualTo("again");
        assertThat(shop.isIn(bea, course)).isFalse();
        assertThat(admin.open(shop.host, "/admin/sales").body()).contains("Everything agrees");
    }

    @Test
    void aSpreadsheetRunsNothingOfTheTable() {
        var bea = shop.buyer();
        var order = buy(bea, course);
        service.sql("update users set name = '=HYPERLINK(\"x\")' where id = :bea")
                .param("bea", bea.id())
                .update();
        var table = admin.open(shop.host, "/admin/sales/orders.csv");
        assertThat(table.header("Content-Type")).startsWith("text/csv");
        assertThat(table.header("Content-Disposition")).contains(shop.host + "-orders.csv");
        assertThat(table.body().lines()).hasSize(2);
        assertThat(table.body())
                .startsWith("code,id,created,status,buyer")
                .contains("\"'=HYPERLINK(\"\"x\"\")\"")
                .contains(order.toString(), ",Knots,49.00,49.00,0.00,0.00,EUR,test,")
                .contains("Z,once,own,1,0.00,\r\n");
        assertThat(admin.open(shop.host, "/admin/sales/orders.csv?status=lost").body().lines())
                .hasSize(1);
    }

    @Test
    void ordersAreTheirBuyersAndTheirSchools() {
        var bea = shop.buyer();
        var order = buy(bea, course);
        var mine = shop.browser(bea);
        assertThat(mine.open(shop.host, "/orders").body()).contains("Knots", "€49", "paid");
        var receipt = mine.open(shop.host, "/orders/" + order);
        assertThat(receipt.body())
                .contains("Receipt", "Rope and Sail", bea.email(), "€49", "no money moved");
        assertThat(mine.open(shop.host, "/admin/sales/orders/" + order).status()).isEqualTo(403);
        var other = shop.browser(shop.buyer());
        assertThat(other.open(shop.host, "/orders/" + order).status()).isEqualTo(404);
        assertThat(other.open(shop.host, "/orders").body())
                .contains("You have not bought anything yet");
        assertThat(admin.open(shop.host, "/orders/" + order).status()).isEqualTo(404);
        var elsewhere = new Shop(port);
        assertThat(elsewhere.call("GET", "/api/v1/orders/" + order, elsewhere.owner, null).status())
                .isEqualTo(404);
        assertThat(
                        elsewhere
                                .call(
                                        "POST",
                                        "/api/v1/orders/" + order + "/refunds",
                                        elsewhere.owner,
                                        Map.of())
                                .status())
                .isEqualTo(404);
        assertThat(elsewhere.call("GET", "/api/v1/orders", elsewhere.owner, null).body())
                .startsWith("{\"items\":[]");
        var listed = shop.call("GET", "/api/v1/me/orders", bea.token(), null);
        assertThat(listed.text("items.0.course")).isEqualTo(course);
        assertThat(listed.json().path("items").size()).isEqualTo(1);
    }

    @Test
    void anOrderThatIsNotPaidSaysSoAndLeadsOn() {
        var bea = shop.buyer();
        var order = begin(bea, course);
        var page = shop.browser(bea).open(shop.host, "/orders/" + order);
        assertThat(page.body())
                .contains("It is not paid yet", "/orders/" + order + "/pay")
                .doesNotContain("Receipt<");
    }

    @Test
    void buyersAreToldAndGetTheirReceipt() {
        var bea = shop.buyer();
        var order = buy(bea, course);
        Awaitility.await()
                .until(() -> {
                    done();
                    return mails(bea) == 1;
                });
        var browser = shop.browser(bea);
        assertThat(browser.open(shop.host, "/notifications").body())
                .contains("You paid for “Knots”");
        shop.call("POST", "/api/v1/orders/" + order + "/refunds", shop.owner, Map.of());
        done();
        assertThat(browser.open(shop.host, "/notifications").body())
                .contains("Your money for “Knots” was given back");
        assertThat(mails(bea)).isEqualTo(1);
    }

    @Test
    void aPriceIsTypedAsPeopleWriteIt() {
        var at = "/studio/" + course + "/price";
        assertThat(admin.open(shop.host, at).body()).contains("It costs €49 now", "value=\"49\"");
        var set = admin.submit(shop.host, at, Map.of("amount", "59,50", "currency", "EUR"));
        assertThat(set.body()).contains("The prices are set", "€59.50", "value=\"59.50\"");
        var wrong = admin.submit(shop.host, at, Map.of("amount", "4O", "currency", "EUR"));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("There is a letter among the digits. Write 40.");
        for (var body : new String[] {"49.505", "0", "-1", "", "999999999999"}) {
            var answer = admin.submit(shop.host, at, Map.of("amount", body, "currency", "EUR"));
            assertThat(answer.status()).as(body).isEqualTo(422);
        }
        var odd = admin.submit(shop.host, at, Map.of("amount", "1", "currency", "XXX"));
        assertThat(odd.status()).isEqualTo(422);
        var yen = admin.submit(shop.host, at, Map.of("amount", "4,900", "currency", "JPY"));
        assertThat(yen.body()).contains("¥4,900");
        assertThat(admin.submit(shop.host, at + "/free", Map.of()).body())
                .contains("The course is free from now on", "It is free now");
        assertThat(shop.enroll(shop.buyer(), course).status()).isEqualTo(201);
        assertThat(admin.open(shop.host, "/studio/" + course).body()).contains(at);
    }

    @Test
    void aSchoolSaysByWhomItIsPaidAndItsSecretsAreNotShown() {
        var page = admin.open(shop.host, "/admin/payments");
        assertThat(page.body()).contains("no money moves", "/api/webhooks/stripe");
        var wrong = admin.submit(shop.host, "/admin/payments", Map.of("provider", "stripe"));
        assertThat(wrong.status()).isEqualTo(422);
        for (var key : List.of("pk_live_0123456789", "whsec_0123456789", "sk_", "sk_test_0 1")) {
            var mixedUp =
                    Map.of("provider", "stripe", "secretKey", key, "webhookSecret", "sk_live_0123");
            var refused = admin.submit(shop.host, "/admin/payments", mixedUp);
            assertThat(refused.status()).as(key).isEqualTo(422);
            assertThat(refused.body()).contains("it begins with sk_", "it begins with whsec_");
        }
        var secrets =
                Map.of(
                        "provider", "stripe",
                        "secretKey", "sk_test_0123456789",
                        "webhookSecret", "whsec_0123456789");
        var saved = admin.submit(shop.host, "/admin/payments", secrets);
        assertThat(saved.body())
                .contains("Saved.", "paid by Stripe", "Both secrets are stored")
                .doesNotContain("0123456789");
        assertThat(admin.open(shop.host, "/admin/school").body())
                .contains("/admin/payments", "/admin/sales");
        assertThat(admin.submit(shop.host, "/admin/payments", Map.of("provider", "test")).body())
                .contains("test checkout");
    }

    private void found(String words, UUID order) {
        var answer = shop.call("GET", "/api/v1/orders?q=" + words, shop.owner, null);
        assertThat(answer.json().path("items").size()).as(words).isEqualTo(1);
        assertThat(answer.text("items.0.id")).isEqualTo(order.toString());
    }

    private int count(String words) {
        return shop.call("GET", "/api/v1/orders?q=" + words, shop.owner, null)
                .json()
                .path("items")
                .size();
    }

    private String mismatch(String kind) {
        var answer = shop.call("GET", "/api/v1/mismatches", shop.owner, null);
        assertThat(answer.json().path("items").size()).as(answer.body()).isEqualTo(1);
        assertThat(answer.text("items.0.kind")).isEqualTo(kind);
        return answer.text("items.0.id");
    }

    private Visitor.Answer mend(String id) {
        return admin.submit(shop.host, "/admin/sales/mismatches/" + id + "/mend", Map.of());
    }

    private int mails(Shop.Buyer buyer) {
        return service.sql(
                        "select count(*) from mails where person_id = :buyer and kind = 'receipt'")
                .param("buyer", buyer.id())
                .query(Integer.class)
                .single();
    }

    private void done() {
        due.run(organizations.bySubdomain(shop.host).orElseThrow().id());
    }

    private UUID begin(Shop.Buyer buyer, String what) {
        var asked = shop.enroll(buyer, what);
        assertThat(asked.status()).as(asked.body()).isEqualTo(402);
        var order = ORDER.matcher(asked.text("checkoutUrl"));
        assertThat(order.find()).isTrue();
        return UUID.fromString(order.group(1));
    }

    private UUID buy(Shop.Buyer buyer, String what) {
        var order = begin(buyer, what);
        var paid =
                shop.browser(buyer).submit(shop.host, "/checkout/" + order, Map.of("how", "card"));
        assertThat(paid.address()).contains("/learn/" + what);
        return order;
    }
}
