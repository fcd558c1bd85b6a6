package org.stoa.commerce.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.commerce.Shop;
import org.stoa.stripe.Attempt;
import org.stoa.stripe.Card;
import org.stoa.stripe.Faults.Fault;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.AtOnce;
import org.stoa.testing.StoaTest;
import org.stoa.testing.StripeAtHand;

/** Buying a course through Stripe, on good days and bad ones. */
@StoaTest
class StripeTest {
    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired Clock clock;

    @SuppressWarnings("NullAway.Init")
    private StripeSchool school;

    @SuppressWarnings("NullAway.Init")
    private StripeSchool other;

    private String course = "";

    @BeforeEach
    void open() {
        school = new StripeSchool(port, service);
        other = new StripeSchool(port, service);
        course = school.shop.course("Knots", 4900);
        other.shop.course("Knots", 4900);
    }

    @AfterEach
    void putRight() {
        StripeAtHand.putRight(clock);
        assertThat(other.statuses()).isEmpty();
        assertThat(other.count("enrollments")).isZero();
    }

    @Test
    void whoPaysAtStripeIsIn() {
        var shop = school.shop;
        var bea = shop.buyer();
        var shown = shop.call("GET", "/api/v1/courses/" + course, null, null);
        assertThat(shown.text("price.amount")).isEqualTo("4900");
        assertThat(shown.text("price.currency")).isEqualTo("EUR");
        var session = school.session(bea, course);
        assertThat(shop.isIn(bea, course)).isFalse();
        var there = school.account.object(session);
        assertThat(there.path("amount_total").asLong()).isEqualTo(4900);
        assertThat(there.path("currency").asString()).isEqualTo("eur");
        assertThat(there.path("customer_email").asString()).isEqualTo(bea.email());
        assertThat(there.path("client_reference_id").asString())
                .isEqualTo(there.path("metadata").path("stoa_order").asString());
        var paid = (Attempt.Done) school.account.buyer().pay(session);
        assertThat(paid.returnTo().getHost()).isEqualTo(shop.host + ".localhost");
        school.awaitIn(bea, course, true);
        assertThat(shop.enroll(bea, course).status()).isEqualTo(200);
        assertThat(shop.learn(bea, course).status()).isEqualTo(200);
        school.settled();
        assertThat(school.statuses()).isEqualTo(Map.of("paid", 1L));
        school.balance();
    }

    @Test
    void aSecondClickAndAnotherDeviceLeadToTheSameCheckout() throws Exception {
        var bea = school.shop.buyer();
        var asks = new ArrayList<Callable<String>>();
        for (int i = 0; i < 6; i++) {
            asks.add(() -> school.session(bea, course));
        }
        var found = AtOnce.all(asks).stream().distinct().toList();
        assertThat(found).containsExactly(school.session(bea, course));
        assertThat(school.sessions()).hasSize(1);
        assertThat(school.statuses()).isEqualTo(Map.of("pending", 1L));
    }

    @Test
    void whoComesBackBeforeTheEventIsInAtOnce() {
        var bea = school.shop.buyer();
        var browser = school.shop.browser(bea);
        var session = school.session(bea, course);
        school.account.deliveries().hold();
        var paid = (Attempt.Done) school.account.buyer().pay(session);
        assertThat(school.shop.isIn(bea, course)).isFalse();
        var player = browser.open(school.shop.host, path(paid.returnTo()));
        assertThat(player.address()).contains("/learn/" + course);
        assertThat(school.shop.isIn(bea, course)).isTrue();
        school.account.deliveries().release();
        school.settled();
        assertThat(school.received()).containsOnlyKeys("completed");
        school.balance();
    }

    @Test
    void whoLeavesWithoutHavingPaidReadsSoAndMayComeBack() {
        var bea = school.shop.buyer();
        var browser = school.shop.browser(bea);
        var session = school.session(bea, course);
        assertThat(school.account.buyer().pay(session, Card.NO_FUNDS))
                .isInstanceOf(Attempt.Declined.class);
        assertThat(school.account.buyer().pay(session, Card.CHALLENGED))
                .isInstanceOf(Attempt.NextStep.class);
        var back = URI.create(school.account.object(session).path("success_url").asString());
        assertThat(browser.peek(school.shop.host, path(back)).status()).isEqualTo(200);
        assertThat(school.shop.isIn(bea, course)).isFalse();
        assertThat(school.session(bea, course)).isEqualTo(session);
        school.account.buyer().authenticate(session, true);
        school.awaitIn(bea, course, true);
        school.settled();
        school.balance();
    }

    @Test
    void aBankDebitOpensTheCourseWhenItHasSettled() {
        var bea = school.shop.buyer();
        var session = school.session(bea, course);
        school.account.buyer().pay(session, Card.BANK_DEBIT);
        school.awaitStatus(bea, course, "awaiting");
        assertThat(school.shop.isIn(bea, course)).isFalse();
        assertThat(school.shop.enroll(bea, course).text("checkoutUrl")).endsWith("/done");
        school.account.buyer().settle(session, true);
        school.awaitIn(bea, course, true);
        school.settled();
        school.balance();
    }

    @Test
    void aBankDebitThatFailsOpensNothingAndMayBeTriedAgain() {
        var bea = school.shop.buyer();
        for (int seed = 1; seed < 5; seed++) {
            var session = school.session(bea, course);
            school.account.deliveries().seed(seed).hold();
            school.account.buyer().pay(session, Card.BANK_DEBIT);
            school.account.buyer().settle(session, false);
            school.account.deliveries().releaseMixed();
            school.settled();
            assertThat(school.status(bea, course)).isEqualTo("failed");
            assertThat(school.shop.isIn(bea, course)).isFalse();
        }
        school.buy(bea, course);
        school.settled();
        school.balance();
    }

    @Test
    void aCheckoutThatExpiredIsBegunAgain() {
        var bea = school.shop.buyer();
        var first = school.session(bea, course);
        school.account.buyer().letExpire(first);
        school.awaitStatus(bea, course, "expired");
        var second = school.session(bea, course);
        assertThat(second).isNotEqualTo(first);
        // And once more, with nobody told of it.
        school.account.deliveries().forget(type -> true);
        StripeAtHand.pass(clock, Duration.ofHours(25));
        var third = school.session(bea, course);
        assertThat(school.account.buyer().pay(second)).isEqualTo(new Attempt.Closed("expired"));
        assertThat(third).isNotEqualTo(second);
        assertThat(school.statuses()).isEqualTo(Map.of("expired", 2L, "pending", 1L));
    }

    @Test
    void anotherPriceEndsTheCheckoutThatAskedForTheFormer() {
        var bea = school.shop.buyer();
        var first = school.session(bea, course);
        school.shop.price(course, 5900);
        var second = school.session(bea, course);
        assertThat(school.account.buyer().pay(first)).isEqualTo(new Attempt.Closed("expired"));
        school.pay(second);
        school.awaitIn(bea, course, true);
        school.settled();
        assertThat(school.account.ledger().payments().getLast().amount()).isEqualTo(5900);
        school.balance();
        // One that was paid for the former price in time is good.
        var ann = school.shop.buyer();
        var third = school.session(ann, course);
        school.account.deliveries().hold();
        school.pay(third);
        school.shop.price(course, 6900);
        assertThat(school.shop.enroll(ann, course).text("checkoutUrl")).endsWith("/done");
        assertThat(school.shop.isIn(ann, course)).isTrue();
        school.account.deliveries().release();
        school.settled();
        school.balance();
    }

    /** The second one's checkout, begun before the first bought the last place. */
    private String overtaken(Shop.Buyer bea, Shop.Buyer ann) {
        school.shop.limit(course, 1);
        var first = school.session(bea, course);
        var second = school.session(ann, course);
        school.pay(first);
        school.awaitIn(bea, course, true);
        return second;
    }

    @Test
    void whoPaidForAPlaceThatIsGoneGetsTheMoneyBack() {
        var bea = school.shop.buyer();
        var ann = school.shop.buyer();
        var second = overtaken(bea, ann);
        // The answer to the refund is lost: it is given back once all the same.
        school.account.faults().fail(1, Fault.CUT_AFTER, call -> call.equals("POST /v1/refunds"));
        school.pay(second);
        school.awaitStatus(ann, course, "refunded");
        assertThat(school.shop.isIn(ann, course)).isFalse();
        assertThat(school.shop.isIn(bea, course)).isTrue();
        school.settled();
        school.balance();
        assertThat(school.account.ledger().payments().getLast().refunded()).isEqualTo(4900);
        assertThat(school.count("waiting_list")).isEqualTo(1);
    }

    @Test
    void aRefundAtWhichStripeBrokeIsMadeOnce() {
        var bea = school.shop.buyer();
        var ann = school.shop.buyer();
        var second = overtaken(bea, ann);
        // Stripe answers the same under the same key for a day.
        school.account.faults().fail(1, Fault.API_ERROR, call -> call.equals("POST /v1/refunds"));
        school.pay(second);
        school.awaitStatus(ann, course, "refunded");
        school.settled();
        school.balance();
        assertThat(school.account.events("refund.created")).hasSize(1);
    }

    @Test
    void whoTakesTheKeyAwayLeavesAnOpenCheckoutThatMustEndFirst() {
        var bea = school.shop.buyer();
        var session = school.session(bea, course);
        var test =
                school.shop.call(
                        "PUT",
                        "/api/v1/settings/payments",
                        school.shop.owner,
                        Map.of("provider", "test"));
        assertThat(test.status()).isEqualTo(200);
        assertThat(school.shop.enroll(bea, course).status()).isEqualTo(409);
        assertThat(school.statuses()).isEqualTo(Map.of("pending", 1L));
        StripeAtHand.pass(clock, Duration.ofHours(26));
        assertThat(school.account.buyer().pay(session)).isEqualTo(new Attempt.Closed("expired"));
        assertThat(school.shop.enroll(bea, course).text("checkoutUrl")).contains("/checkout/");
        assertThat(school.statuses()).isEqualTo(Map.of("expired", 1L, "pending", 1L));
    }

    @Test
    void anAnswerThatIsLostBeginsNoSecondCheckout() throws Exception {
        var sessions = "POST /v1/checkout/sessions";
        var bea = school.shop.buyer();
        school.account.faults().fail(3, Fault.CUT_AFTER, sessions::equals);
        var refused = school.shop.enroll(bea, course);
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        school.pay(school.session(bea, course));
        school.awaitIn(bea, course, true);
        assertThat(school.sessions()).hasSize(1);
        school.settled();
        school.balance();
    }

    @Test
    void whatStripeRefusesIsSaidAndChargesNobody() {
        var sessions = "POST /v1/checkout/sessions";
        var bea = school.shop.buyer();
        for (var fault : new Fault[] {Fault.CARD_ERROR, Fault.RATE_LIMIT, Fault.UNAVAILABLE}) {
            school.account.faults().fail(6, fault, sessions::equals);
            var refused = school.shop.enroll(bea, course);
            assertThat(refused.status()).as(fault + refused.body()).isEqualTo(409);
            assertThat(refused.text("detail")).isNotEmpty();
            school.account.faults().mend();
            StripeAtHand.pass(clock, Duration.ofMinutes(6));
        }
        school.settings("sk_test_of_nobody", school.secret);
        assertThat(school.shop.enroll(bea, course).status()).isEqualTo(409);
        assertThat(school.statuses()).isEqualTo(Map.of("pending", 1L));
        assertThat(school.account.ledger().payments()).isEmpty();
        school.settings(school.key, school.secret);
        // Stripe keeps the answer that it broke, under the key it broke at.
        school.account.faults().fail(1, Fault.API_ERROR, sessions::equals);
        school.buy(bea, course);
        school.settled();
        school.balance();
    }

    @Test
    void sumsAreWrittenAsStripeWritesThem() {
        for (var price :
                java.util.List.of(
                        Map.entry("JPY", 4900L),
                        Map.entry("KWD", 4900L),
                        Map.entry("ISK", 4900L))) {
            var body = Map.of("amount", price.getValue(), "currency", price.getKey());
            var path = "/api/v1/courses/" + course + "/price";
            assertThat(school.shop.call("PUT", path, school.shop.owner, body).status())
                    .isEqualTo(200);
            var bea = school.shop.buyer();
            var session = school.session(bea, course);
            long factor = price.getKey().equals("ISK") ? 100 : 1;
            assertThat(school.account.object(session).path("amount_total").asLong())
                    .isEqualTo(4900 * factor);
            school.pay(session);
            school.awaitIn(bea, course, true);
        }
        var odd = Map.of("amount", 4905, "currency", "KWD");
        school.shop.call("PUT", "/api/v1/courses/" + course + "/price", school.shop.owner, odd);
        assertThat(school.shop.enroll(school.shop.buyer(), course).status()).isEqualTo(409);
        assertThat(school.statuses()).isEqualTo(Map.of("paid", 3L, "pending", 1L));
    }

    private static String path(URI address) {
        return address.getRawPath();
    }
}
