package org.stoa.commerce.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.stoa.commerce.Shop;
import org.stoa.stripe.Faults.Fault;
import org.stoa.testing.StoaTest;
import org.stoa.testing.StripeAtHand;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;
import tools.jackson.databind.JsonNode;

/** What a school sees of the money that Stripe pays out to its bank. */
@StoaTest
class PayoutsTest extends SellingAtStripe {
    private static final String PAGE = "/admin/sales/payouts";

    private Answer payouts(String query) {
        return school.shop.call("GET", "/api/v1/payouts" + query, school.shop.owner, null);
    }

    private String page(String query) {
        var answer = admin().open(school.shop.host, PAGE + query);
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private Visitor admin() {
        var admin = new Visitor(port);
        var owner = school.shop.host + "@example.org";
        admin.submit(
                school.shop.host, "/sign-in", Map.of("email", owner, "password", Visitor.PASSWORD));
        return admin;
    }

    private static Map<String, Long> parts(JsonNode payout) {
        var parts = new TreeMap<String, Long>();
        payout.path("parts")
                .forEach(it -> parts.put(it.path("kind").asString(), it.path("amount").asLong()));
        return parts;
    }

    @Test
    void whatIsPaidOutIsMadeOfWhatCameInAndWentOut() {
        var payment = school.buy(school.shop.buyer(), course);
        school.buy(school.shop.buyer(), course);
        school.account.dashboard().refund(payment, 900L);
        school.settled();
        var before = payouts("?limit=11");
        long fees = 2 * 4900 - 900 - before.json().at("/balance/0/pending").asLong();
        assertThat(fees).isPositive();
        assertThat(before.json().path("items").size()).isZero();

        school.account.dashboard().payOut();
        var after = payouts("");
        assertThat(after.status()).as(after.body()).isEqualTo(200);
        var one = after.json().at("/items/0");
        assertThat(one.path("amount").asLong()).isEqualTo(2 * 4900 - 900 - fees);
        assertThat(one.path("currency").asString()).isEqualTo("EUR");
        assertThat(one.path("status").asString()).isEqualTo("paid");
        assertThat(parts(one)).isEqualTo(Map.of("charges", 9800L, "refunds", -900L, "fees", -fees));
        assertThat(after.json().at("/balance/0/pending").asLong()).isZero();
        assertThat(page("")).contains("€98", "− €9", one.path("id").asString(), "paid out");
    }

    @Test
    void aDisputeStandsInThePayOutThatItWasTakenFrom() {
        var payment = school.buy(school.shop.buyer(), course);
        for (int i = 0; i < 2; i++) {
            school.buy(school.shop.buyer(), course);
        }
        school.account.dashboard().dispute(payment);
        school.settled();
        school.account.dashboard().payOut();
        var parts = parts(payouts("").json().at("/items/0"));
        assertThat(parts).containsEntry("charges", 14700L).containsEntry("disputes", -4900L);
        long sum = parts.values().stream().mapToLong(it -> it).sum();
        assertThat(payouts("").json().at("/items/0/amount").asLong()).isEqualTo(sum);
    }

    @Test
    void payOutsAreReadPageByPageAndAWrongCursorIsRefused() {
        for (int i = 0; i < 3; i++) {
            school.buy(school.shop.buyer(), course);
            school.account.dashboard().payOut();
        }
        var first = payouts("?limit=2");
        assertThat(first.json().path("items").size()).isEqualTo(2);
        var rest = payouts("?limit=2&cursor=" + first.text("nextCursor"));
        assertThat(rest.json().path("items").size()).isEqualTo(1);
        assertThat(rest.json().path("nextCursor").asString("")).isEmpty();
        assertThat(payouts("?cursor=po_1nobodys").status()).isEqualTo(422);
        assertThat(payouts("?cursor=../charges").status()).isEqualTo(422);
        assertThat(payouts("?limit=0").status()).isEqualTo(422);
    }

    @Test
    void anotherSchoolSeesNothingOfIt() {
        school.buy(school.shop.buyer(), course);
        school.account.dashboard().payOut();
        var cursor = payouts("").text("items.0.id");
        var other = new StripeSchool(port, service).shop;
        var theirs = other.call("GET", "/api/v1/payouts", other.owner, null);
        assertThat(theirs.json().path("items").size()).isZero();
        var pried = other.call("GET", "/api/v1/payouts?cursor=" + cursor, other.owner, null);
        assertThat(pried.status()).isEqualTo(422);
        var learner = school.shop.buyer();
        assertThat(school.shop.call("GET", "/api/v1/payouts", learner.token(), null).status())
                .isEqualTo(403);
    }

    @Test
    void anotherKeyIsAnotherAccount() {
        school.buy(school.shop.buyer(), course);
        school.account.dashboard().payOut();
        assertThat(payouts("").json().path("items").size()).isEqualTo(1);
        var key = "sk_test_other" + school.key.substring(13);
        StripeAtHand.stripe().account(key);
        school.settings(key, school.secret);
        assertThat(payouts("").json().path("items").size()).isZero();
    }

    @Test
    void aKeyThatMayNotReadPayOutsIsNamed() {
        var faults = school.account.faults();
        faults.fail(1, Fault.FORBIDDEN, call -> call.endsWith("/v1/payouts"));
        assertThat(page("")).contains("secret key may not read pay-outs", "/admin/payments");
        faults.fail(1, Fault.FORBIDDEN, call -> call.endsWith("/v1/payouts"));
        assertThat(payouts("").status()).isEqualTo(409);
        assertThat(payouts("").status()).isEqualTo(200);
    }

    @Test
    void aKeyThatMayReadPayOutsAloneShowsThose() {
        school.buy(school.shop.buyer(), course);
        school.account.dashboard().payOut();
        var faults = school.account.faults();
        faults.fail(1, Fault.FORBIDDEN, call -> call.endsWith("/v1/balance"));
        faults.fail(1, Fault.FORBIDDEN, call -> call.endsWith("/v1/balance_transactions"));
        assertThat(page(""))
                .contains("may not read the balance", "Stripe does not say", "paid out");
    }

    @Test
    void aStripeThatDoesNotAnswerIsSaidAndAskedAgain() {
        var faults = school.account.faults();
        for (var fault : new Fault[] {Fault.UNAVAILABLE, Fault.CUT_BEFORE, Fault.RATE_LIMIT}) {
            // The JDK asks again by itself where a line breaks.
            faults.fail(5, fault, call -> call.endsWith("/v1/payouts"));
            assertThat(page("")).contains("Stripe does not answer", "Try again");
            faults.mend();
        }
        assertThat(page("")).contains("Nothing was paid out yet");
    }

    @Test
    void aKeyThatStripeDoesNotKnowIsSaid() {
        school.settings("sk_test_nobodys", school.secret);
        assertThat(page("")).contains("Stripe refuses", "/admin/payments");
        assertThat(payouts("").status()).isEqualTo(409);
    }

    @Test
    void theTestCheckoutPaysNothingOut() {
        var shop = new Shop(port);
        var answer = shop.call("GET", "/api/v1/payouts", shop.owner, null);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("items").size()).isZero();
    }
}
