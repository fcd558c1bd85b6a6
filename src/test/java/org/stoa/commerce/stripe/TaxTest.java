package org.stoa.commerce.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.commerce.Renewing;
import org.stoa.commerce.Settlements;
import org.stoa.commerce.Shop;
import org.stoa.jobs.DueJobs;
import org.stoa.shared.Money;
import org.stoa.stripe.Attempt;
import org.stoa.stripe.Card;
import org.stoa.stripe.Shopper;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organizations;
import org.stoa.testing.StoaTest;
import org.stoa.testing.StripeAtHand;
import org.stoa.testing.Visitor;

/** Tax that Stripe reckons: within the price or on top of it, in whatever order things happen. */
@StoaTest
class TaxTest extends SellingAtStripe {
    private @Autowired Organizations organizations;
    private @Autowired Settlements settlements;
    private @Autowired DueJobs due;

    private void tax(boolean on, boolean included) {
        var set =
                school.shop.call(
                        "PUT",
                        "/api/v1/settings/billing",
                        school.shop.owner,
                        Map.of(
                                "name",
                                "Rope and Sail Ltd",
                                "address",
                                "Quay 1\n24103 Kiel",
                                "automaticTax",
                                on,
                                "taxIncluded",
                                included));
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    private Map<String, Long> sums(Shop.Buyer buyer) {
        var order = mine(buyer).json().path("items").path(0);
        return Map.of(
                "amount", order.path("amount").asLong(),
                "paid", order.path("paid").asLong(),
                "returned", order.path("returned").asLong(),
                "tax", order.path("tax").asLong());
    }

    private static Map<String, Long> sums(long amount, long paid, long returned, long tax) {
        return Map.of("amount", amount, "paid", paid, "returned", returned, "tax", tax);
    }

    private Visitor.Answer mine(Shop.Buyer buyer) {
        return school.shop.call("GET", "/api/v1/me/orders", buyer.token(), null);
    }

    private UUID order(Shop.Buyer buyer) {
        return UUID.fromString(mine(buyer).text("items.0.id"));
    }

    private void pay(String session) {
        assertThat(school.account.buyer().pay(session)).isInstanceOf(Attempt.Done.class);
        school.settled();
    }

    private OrderStatus told(UUID order, State.Paid paid) {
        return java.util.Objects.requireNonNull(
                Caller.office(organizations.byId(school.id()).orElseThrow())
                        .get(() -> settlements.stands(order, paid)));
    }

    @Test
    void whatIsIncludedIsPartOfThePrice() {
        tax(true, true);
        var bea = school.shop.buyer();
        var session = school.session(bea, course);
        var asked = school.account.object(session);
        assertThat(asked.path("automatic_tax").path("enabled").asBoolean()).isTrue();
        assertThat(asked.path("billing_address_collection").asString()).isEqualTo("required");
        assertThat(asked.path("tax_id_collection").path("enabled").asBoolean()).isTrue();
        pay(session);
        school.awaitIn(bea, course, true);
        // 19 of 119 parts: that is what the double reckons for Germany.
        assertThat(sums(bea)).isEqualTo(sums(4900, 4900, 0, 782));
        var page = school.shop.browser(bea).open(school.shop.host, "/orders/" + order(bea));
        assertThat(page.body()).contains("of which tax", "€7.82", "€49");
        school.balance();
    }

    @Test
    void whatComesOnTopIsNoOtherAmountAndTooLittleIs() {
        tax(true, false);
        var bea = school.shop.buyer();
        pay(school.session(bea, course));
        school.awaitIn(bea, course, true);
        assertThat(sums(bea)).isEqualTo(sums(4900, 5831, 0, 931));
        var receipt = school.shop.browser(bea).open(school.shop.host, "/orders/" + order(bea));
        assertThat(receipt.body()).contains("€9.31", "€58.31").doesNotContain("of which tax");
        var path = "/api/v1/orders/" + order(bea);
        var detail = school.shop.call("GET", path, school.shop.owner, null);
        assertThat(detail.text("order.tax")).isEqualTo("931");
        assertThat(detail.text("left")).isEqualTo("5831");
        school.balance();

        var cid = school.shop.buyer();
        school.session(cid, course);
        // As much as the price, but the tax came out of it.
        var little = new State.Paid(new Money(4900, "EUR"), 782, "pi_little", clock.instant());
        assertThat(told(order(cid), little)).isEqualTo(OrderStatus.RETURNING);
        assertThat(school.shop.isIn(cid, course)).isFalse();
        assertThat(school.happened()).containsEntry("other-amount", 1L);
    }

    @Test
    void taxIsReckonedOnWhatACouponLeaves() {
        tax(true, false);
        var coupon = Map.of("code", "TEN", "amount", 1000, "currency", "EUR", "oncePerson", false);
        var made = school.shop.call("POST", "/api/v1/coupons", school.shop.owner, coupon);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var offer =
                service.sql("select id from offers where organization_id = :school")
                        .param("school", school.id())
                        .query(UUID.class)
                        .single();
        var bea = school.shop.buyer();
        var shown = school.shop.browser(bea).open(school.shop.host, "/offers/" + offer);
        assertThat(shown.body()).contains("The tax of where you live comes on top");
        var begun =
                school.shop.call(
                        "POST",
                        "/api/v1/offers/" + offer + "/orders",
                        bea.token(),
                        Map.of("coupon", "TEN"));
        assertThat(begun.status()).as(begun.body()).isEqualTo(201);
        var url = begun.text("checkoutUrl");
        pay(url.substring(url.lastIndexOf('/') + 1));
        school.awaitIn(bea, course, true);
        assertThat(sums(bea)).isEqualTo(sums(3900, 4641, 0, 741));
        school.balance();
    }

    @Test
    void eachRenewalAddsItsTax() {
        var renewing = new Renewing(service, school.id(), clock);
        school.shop.price(course, 900);
        renewing.monthly(0);
        tax(true, false);
        var bea = school.shop.buyer();
        school.account.buyer().pay(school.session(bea, course), Card.GOOD);
        arrived();
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 1071, 1));
        assertThat(sums(bea)).isEqualTo(sums(900, 1071, 0, 171));
        // Who has begun with tax goes on with it, whatever the school does now.
        tax(false, false);
        StripeAtHand.pass(clock, Duration.ofDays(32));
        arrived();
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 2142, 2));
        assertThat(sums(bea)).isEqualTo(sums(900, 2142, 0, 342));
        assertThat(renewing.open(bea.id())).isTrue();
        school.balance();
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
    void allThatWasPaidGoesBackTaxAndAll() {
        tax(true, false);
        var bea = school.shop.buyer();
        var payment = school.buy(bea, course);
        school.settled();
        school.account.dashboard().refund(payment, 831L);
        school.settled();
        assertThat(sums(bea)).isEqualTo(sums(4900, 5831, 831, 931));
        assertThat(school.shop.isIn(bea, course)).isTrue();
        var path = "/api/v1/orders/" + order(bea) + "/refunds";
        var rest = school.shop.call("POST", path, school.shop.owner, Map.of());
        assertThat(rest.text("amount")).isEqualTo("5000");
        school.settled();
        school.awaitIn(bea, course, false);
        assertThat(sums(bea)).isEqualTo(sums(4900, 5831, 5831, 931));
        assertThat(school.statuses()).isEqualTo(Map.of("refunded", 1L));
        school.balance();
    }

    @Test
    void anOrderOfBeforeTaxWasSwitchedOnHoldsAndANewOneIsTaxed() {
        var bea = school.shop.buyer();
        var cid = school.shop.buyer();
        var paid = school.session(bea, course);
        var left = school.session(cid, course);
        tax(true, false);
        pay(paid);
        school.awaitIn(bea, course, true);
        assertThat(sums(bea)).isEqualTo(sums(4900, 4900, 0, 0));
        // Who comes back is asked for the tax, and cannot pay the former any more.
        var anew = school.session(cid, course);
        assertThat(anew).isNotEqualTo(left);
        assertThat(school.account.buyer().pay(left)).isEqualTo(new Attempt.Closed("expired"));
        pay(anew);
        school.awaitIn(cid, course, true);
        assertThat(sums(cid)).isEqualTo(sums(4900, 5831, 0, 931));
        // And a second click leads to the same as ever.
        var dan = school.shop.buyer();
        assertThat(school.session(dan, course)).isEqualTo(school.session(dan, course));
        school.balance();
    }

    @Test
    void whatIsSwitchedOffBetweenCheckoutAndPaymentHoldsForThatCheckout() {
        tax(true, false);
        var bea = school.shop.buyer();
        var session = school.session(bea, course);
        tax(false, true);
        pay(session);
        school.awaitIn(bea, course, true);
        assertThat(sums(bea)).isEqualTo(sums(4900, 5831, 0, 931));
        assertThat(school.statuses()).isEqualTo(Map.of("paid", 1L));
        school.balance();
    }

    @Test
    void whereNoTaxIsDueNothingComesOnTop() {
        tax(true, false);
        var bea = school.shop.buyer();
        var session = school.session(bea, course);
        school.account.buyer().pay(session, Card.GOOD, Shopper.of(bea.email()).in("US"));
        school.settled();
        school.awaitIn(bea, course, true);
        assertThat(sums(bea)).isEqualTo(sums(4900, 4900, 0, 0));
    }

    @Test
    void anEventThatDoesNotSayTheTaxHasStripeAsked() throws Exception {
        tax(true, true);
        var bea = school.shop.buyer();
        school.account.deliveries().forget(type -> true);
        var session = school.session(bea, course);
        school.pay(session);
        var told =
                (tools.jackson.databind.node.ObjectNode) school.account.object(session).deepCopy();
        told.remove("total_details");
        var body =
                """
                {"id":"evt_old","object":"event","type":"checkout.session.completed","created":%d,
                 "data":{"object":%s}}
                """
                        .formatted(clock.instant().getEpochSecond(), told);
        assertThat(school.send(body, school.secret)).isLessThan(300);
        school.awaitIn(bea, course, true);
        assertThat(sums(bea)).isEqualTo(sums(4900, 4900, 0, 782));
    }

    @Test
    void whatStripeCannotReckonChargesNobodyAndTheSchoolReadsWhy() {
        tax(true, true);
        school.account.taxSetUp(false);
        var bea = school.shop.buyer();
        var refused = school.shop.enroll(bea, course);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text("detail")).contains("cannot reckon the tax", "Nothing was charged");
        var page =
                school.shop
                        .browser(bea)
                        .submit(school.shop.host, "/courses/" + course + "/buy", Map.of());
        assertThat(page.body()).contains("cannot reckon the tax").doesNotContain("head office");
        var read = school.shop.call("GET", "/api/v1/settings/billing", school.shop.owner, null);
        assertThat(read.text("taxTrouble")).contains("valid head office address");
        var admin = new Visitor(port);
        var owner = school.shop.host + "@example.org";
        admin.submit(
                school.shop.host, "/sign-in", Map.of("email", owner, "password", Visitor.PASSWORD));
        assertThat(admin.open(school.shop.host, "/admin/sales").body())
                .contains("refuses to reckon the tax", "/admin/sales/billing");
        assertThat(admin.open(school.shop.host, "/admin/sales/billing").body())
                .contains("valid head office address");
        assertThat(school.account.ledger().payments()).isEmpty();
        // Mended at Stripe, the same order goes on.
        school.account.taxSetUp(true);
        StripeAtHand.pass(clock, Duration.ofMinutes(6));
        pay(school.session(bea, course));
        school.awaitIn(bea, course, true);
        assertThat(admin.open(school.shop.host, "/admin/sales").body())
                .doesNotContain("refuses to reckon the tax");
        assertThat(school.statuses()).isEqualTo(Map.of("paid", 1L));
        school.balance();
        // Or it is switched off, and nobody waits for it.
        school.account.taxSetUp(false);
        var cid = school.shop.buyer();
        assertThat(school.shop.enroll(cid, course).status()).isEqualTo(409);
        tax(false, true);
        pay(school.session(cid, course));
        assertThat(sums(cid)).isEqualTo(sums(4900, 4900, 0, 0));
    }

    @Test
    void whatTheSchoolSeesHasTheTaxInIt() {
        tax(true, false);
        var bea = school.shop.buyer();
        school.buy(bea, course);
        school.settled();
        var admin = new Visitor(port);
        var owner = school.shop.host + "@example.org";
        admin.submit(
                school.shop.host, "/sign-in", Map.of("email", owner, "password", Visitor.PASSWORD));
        assertThat(admin.open(school.shop.host, "/admin/sales").body())
                .contains("€58.31 came in", "Everything agrees");
        assertThat(admin.open(school.shop.host, "/admin/sales/orders/" + order(bea)).body())
                .contains("€58.31", "of which €9.31 tax");
        assertThat(admin.open(school.shop.host, "/admin/sales/orders.csv").body())
                .contains("amount,paid,returned,tax,currency", "49.00,58.31,0.00,9.31,EUR");
    }
}
