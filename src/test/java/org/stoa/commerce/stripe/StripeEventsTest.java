package org.stoa.commerce.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.jobs.Job;
import org.stoa.jobs.Jobs;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.StripeAtHand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What Stripe tells, twice, late, in another order, of another school, or not at all. */
@StoaTest
class StripeEventsTest {
    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired Organizations organizations;
    private @Autowired StripeReconciliation reconciliation;
    private @Autowired StripeComparison comparison;
    private @Autowired Jobs jobs;
    private @Autowired MeterRegistry meters;
    private @Autowired JsonMapper json;
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
        assertThat(other.count("payments")).isZero();
        assertThat(other.count("enrollments")).isZero();
    }

    @Test
    void whatIsToldTwiceAndInAnyOrderHappensOnce() {
        var bea = school.shop.buyer();
        for (int seed = 1; seed < 5; seed++) {
            school.account.deliveries().seed(seed).repeat(1);
            school.account.deliveries().hold();
            var payment = school.pay(school.session(bea, course));
            var part = school.account.dashboard();
            part.refund(payment, 900L);
            part.refund(payment, null);
            school.account.deliveries().releaseMixed();
            // A delivery that is repeated every time never comes to an end.
            await(() -> school.status(bea, course).equals("refunded"));
            school.account.deliveries().repeat(0);
            school.settled();
            assertThat(school.shop.isIn(bea, course)).isFalse();
        }
        assertThat(school.statuses()).isEqualTo(Map.of("refunded", 4L));
        school.balance();
    }

    @Test
    void whatWasGivenBackTakesTheAccessItPaidForAndNoOther() {
        var sails = school.shop.course("Sails", 2000);
        var bea = school.shop.buyer();
        var payment = school.buy(bea, course);
        school.buy(bea, sails);
        school.account.dashboard().refund(payment, 900L);
        school.settled();
        assertThat(school.shop.isIn(bea, course)).isTrue();
        school.account.dashboard().refund(payment, null);
        school.awaitIn(bea, course, false);
        assertThat(school.shop.isIn(bea, sails)).isTrue();
        var after = school.shop.learn(bea, course);
        assertThat(after.status()).isEqualTo(402);
        assertThat(after.text("offer.amount")).isEqualTo("4900");
        assertThat(after.text("checkoutUrl")).isNotEmpty();
        school.settled();
        school.balance();
        school.buy(bea, course);
        school.settled();
        school.balance();
    }

    @Test
    void aDisputeSuspendsTheAccessUntilItIsWon() {
        for (boolean won : new boolean[] {true, false}) {
            var bea = school.shop.buyer();
            var payment = school.buy(bea, course);
            var dispute = school.account.dashboard().dispute(payment);
            school.awaitIn(bea, course, false);
            assertThat(school.status(bea, course)).isEqualTo("disputed");
            school.account.dashboard().closeDispute(dispute, won);
            school.awaitStatus(bea, course, won ? "paid" : "lost");
            assertThat(school.shop.isIn(bea, course)).isEqualTo(won);
            school.settled();
        }
    }

    @Test
    void aDisputeMayBeToldInAnyOrderAndBeforeThePayment() {
        for (int seed = 1; seed < 7; seed++) {
            boolean won = seed % 2 == 0;
            var bea = school.shop.buyer();
            var session = school.session(bea, course);
            school.account.deliveries().seed(seed).hold();
            var dispute = school.account.dashboard().dispute(school.pay(session));
            school.account.dashboard().closeDispute(dispute, won);
            school.account.deliveries().releaseMixed();
            school.settled();
            assertThat(school.status(bea, course))
                    .as("seed " + seed)
                    .isEqualTo(won ? "paid" : "lost");
            assertThat(school.shop.isIn(bea, course)).isEqualTo(won);
        }
    }

    @Test
    void whatNobodyVouchesForIsNeitherKeptNorFollowed() throws Exception {
        var bea = school.shop.buyer();
        var session = school.session(bea, course);
        school.account.deliveries().forget(type -> true);
        school.pay(session);
        var body = event("checkout.session.completed").toString();
        assertThat(school.send(body, "whsec_somebody_elses")).isEqualTo(400);
        assertThat(school.send(body, other.secret)).isEqualTo(400);
        assertThat(school.sendWith(body, "t=1,v1=00")).isEqualTo(400);
        var old = clock.instant().minusSeconds(301).getEpochSecond();
        var late =
                com.stripe.net.Webhook.Signature.generateSignatureHeader(body, school.secret, old);
        assertThat(school.sendWith(body, late)).isEqualTo(400);
        for (var none :
                new String[] {"{}", "[]", "null", "{\"id\":\"evt_1\"}", "{\"type\":\"x\"}"}) {
            assertThat(school.send(none, school.secret)).as(none).isEqualTo(400);
        }
        assertThat(school.received()).isEmpty();
        assertThat(school.shop.isIn(bea, course)).isFalse();
        assertThat(school.send(body, school.secret)).isEqualTo(200);
        school.awaitIn(bea, course, true);
    }

    @Test
    void whatAnotherSchoolWasPaidIsKeptAndChangesNothing() throws Exception {
        var bea = school.shop.buyer();
        var payment = school.buy(bea, course);
        school.account.dashboard().dispute(payment);
        school.awaitIn(bea, course, false);
        // Both share an account, say, or somebody mixed up two addresses.
        var session = (ObjectNode) event("checkout.session.completed");
        assertThat(other.send(session.toString(), other.secret)).isEqualTo(200);
        other.send(event("charge.dispute.created").toString(), other.secret);
        other.send(event("charge.succeeded").toString(), other.secret);
        other.settled();
        assertThat(other.received()).isEqualTo(Map.of("completed", 3L));
        assertThat(other.statuses()).isEmpty();
        assertThat(other.count("payment_facts")).isZero();
    }

    @Test
    void anAddressBarSaysNothingOfAnOrder() throws Exception {
        var bea = school.shop.buyer();
        var session = school.session(bea, course);
        var order = school.account.object(session).path("client_reference_id").asString();
        school.account.deliveries().forget(type -> true);
        school.pay(session);
        var forged = (ObjectNode) event("checkout.session.completed");
        var object = (ObjectNode) forged.path("data").path("object");
        forged.put("id", "evt_of_a_payment_link");
        object.put("id", "cs_test_of_a_payment_link").put("client_reference_id", order);
        object.putObject("metadata");
        assertThat(school.send(forged.toString(), school.secret)).isEqualTo(200);
        school.settled();
        assertThat(school.shop.isIn(bea, course)).isFalse();
    }

    @Test
    void aSecretThatWasChangedServesUntilTheNextChange() throws Exception {
        var bea = school.shop.buyer();
        school.settings(school.key, "whsec_the_second");
        school.buy(bea, course);
        school.account.rotate(school.endpoint, "whsec_the_second", true);
        school.buy(school.shop.buyer(), course);
        school.settled();
        school.settings(school.key, "whsec_the_third_one");
        var body = event("checkout.session.completed").toString();
        assertThat(school.send(body, school.secret)).isEqualTo(400);
        assertThat(school.send(body, "whsec_the_second")).isEqualTo(200);
        assertThat(school.send(body, "whsec_the_third_one")).isEqualTo(200);
        var test =
                school.shop.call(
                        "PUT",
                        "/api/v1/settings/payments",
                        school.shop.owner,
                        Map.of("provider", "test"));
        assertThat(test.status()).isEqualTo(200);
        assertThat(school.send(body, "whsec_the_third_one")).isEqualTo(404);
    }

    @Test
    void anEventOfAnotherVersionIsReadOrAskedFor() throws Exception {
        school.account.apiVersion("2020-08-27");
        school.buy(school.shop.buyer(), course);
        var bea = school.shop.buyer();
        var session = school.session(bea, course);
        school.account.deliveries().forget(type -> true);
        var payment = school.pay(session);
        var bare = (ObjectNode) event("checkout.session.completed");
        bare.put("id", "evt_bare");
        var object = ((ObjectNode) bare.path("data")).putObject("object");
        object.put("id", session).put("object", "checkout.session");
        assertThat(school.send(bare.toString(), school.secret)).isEqualTo(200);
        school.awaitIn(bea, course, true);
        school.account.dashboard().refund(payment, null);
        var refunded = (ObjectNode) event("charge.refunded");
        refunded.put("id", "evt_bare_refund");
        var charge = (ObjectNode) refunded.path("data").path("object");
        charge.remove(java.util.List.of("payment_intent", "amount_refunded", "metadata"));
        assertThat(school.send(refunded.toString(), school.secret)).isEqualTo(200);
        school.awaitIn(bea, course, false);
        school.settled();
        school.balance();
    }

    @Test
    void whatNoWebhookBroughtIsMadeUpFor() {
        var bea = school.shop.buyer();
        var ann = school.shop.buyer();
        school.account.deliveries().forget(type -> true);
        var payment = school.pay(school.session(bea, course));
        assertThat(school.shop.isIn(bea, course)).isFalse();
        StripeAtHand.pass(clock, Duration.ofMinutes(2));
        double mended = meters.counter("stoa.commerce.mended").count();
        round(school);
        assertThat(school.shop.isIn(bea, course)).isTrue();
        assertThat(school.happened()).containsEntry("mended", 1L);
        assertThat(meters.counter("stoa.commerce.mended").count()).isGreaterThan(mended);
        var fetched = school.received();
        assertThat(fetched).containsOnlyKeys("completed");
        round(school);
        assertThat(school.happened()).containsEntry("mended", 1L);
        assertThat(school.received()).isEqualTo(fetched);
        school.account.dashboard().refund(payment, null);
        StripeAtHand.pass(clock, Duration.ofMinutes(2));
        round(school);
        assertThat(school.shop.isIn(bea, course)).isFalse();
        // Not even Stripe's list has it.
        var session = school.session(ann, course);
        service.sql("update payment_settings set looked_until = now() + interval '9 days'")
                .update();
        school.pay(session);
        StripeAtHand.pass(clock, Duration.ofMinutes(2));
        round(school);
        assertThat(school.shop.isIn(ann, course)).isTrue();
        school.settled();
        school.balance();
    }

    @Test
    void whatWasMissedForLongIsFoundAmongTheCharges() {
        var bea = school.shop.buyer();
        var ann = school.shop.buyer();
        var payment = school.buy(bea, course);
        school.settled();
        school.account.deliveries().forget(type -> true);
        school.account.dashboard().refund(payment, 4000L);
        var session = school.session(ann, course);
        school.pay(session);
        service.sql("update orders set status = 'expired' where user_id = :ann")
                .param("ann", ann.id())
                .update();
        office(school).run(comparison::look);
        assertThat(school.shop.isIn(ann, course)).isTrue();
        assertThat(school.shop.isIn(bea, course)).isTrue();
        school.balance();
        school.account.dashboard().dispute(payment);
        office(school).run(comparison::look);
        assertThat(school.status(bea, course)).isEqualTo("disputed");
        assertThat(school.shop.isIn(bea, course)).isFalse();
        assertThat(school.happened()).containsEntry("mended", 3L);
    }

    @Test
    void aSchoolThatStripeRefusesHasItsTurnAgain() {
        var bea = school.shop.buyer();
        school.account.deliveries().forget(type -> true);
        school.pay(school.session(bea, course));
        StripeAtHand.pass(clock, Duration.ofMinutes(2));
        school.settings("sk_test_withdrawn", school.secret);
        round(school);
        round(other);
        assertThat(lookedUntil(school)).isFalse();
        assertThat(lookedUntil(other)).isTrue();
        assertThat(school.shop.isIn(bea, course)).isFalse();
        school.settings(school.key, school.secret);
        round(school);
        assertThat(school.shop.isIn(bea, course)).isTrue();
        assertThat(lookedUntil(school)).isTrue();
    }

    @Test
    void eachSchoolWithStripeHasItsRoundByItself() {
        service.inTransaction(() ->
                jobs.enqueue(Job.of(StripeJobs.LOOK_ALL, new StripeJobs.Round()).forThePlatform()));
        await(() -> lookedUntil(school) && lookedUntil(other));
    }

    private boolean lookedUntil(StripeSchool of) {
        return service.sql(
                        """
                        select looked_until is not null from payment_settings
                         where organization_id = :school
                        """)
                .param("school", of.id())
                .query(Boolean.class)
                .single();
    }

    private void round(StripeSchool of) {
        office(of).run(reconciliation::look);
    }

    private Caller office(StripeSchool of) {
        return Caller.office(organizations.byId(of.id()).orElseThrow());
    }

    private static void await(java.util.concurrent.Callable<Boolean> what) {
        org.awaitility.Awaitility.await().until(what);
    }

    /** The latest event of this type, as Stripe wrote it. */
    private JsonNode event(String type) {
        var event = school.account.events(type).getLast();
        return json.readTree(event.toString());
    }
}
