package org.stoa.commerce.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.commerce.Renewing;
import org.stoa.commerce.Shop;
import org.stoa.enrollment.Grants;
import org.stoa.jobs.DueJobs;
import org.stoa.stripe.Card;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.StripeAtHand;

/** Subscriptions and parts through Stripe, month by month. */
@StoaTest
class SubscriptionsTest {
    private static final Duration MONTH = Duration.ofDays(32);

    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired Organizations organizations;
    private @Autowired StripeReconciliation reconciliation;
    private @Autowired Grants grants;
    private @Autowired DueJobs due;
    private @Autowired Clock clock;

    @SuppressWarnings("NullAway.Init")
    private StripeSchool school;

    @SuppressWarnings("NullAway.Init")
    private Renewing renewing;

    private String course = "";

    @BeforeEach
    void open() {
        school = new StripeSchool(port, service);
        course = school.shop.course("Knots", 900);
        renewing = new Renewing(service, school.id(), clock);
    }

    @AfterEach
    void putRight() {
        StripeAtHand.putRight(clock);
        assertThat(StripeAtHand.stripe().broken()).isEmpty();
    }

    private Shop.Buyer subscribed(Card card) {
        var bea = school.shop.buyer();
        var session = school.session(bea, course);
        assertThat(school.account.object(session).path("mode").asString())
                .isEqualTo("subscription");
        assertThat(school.account.buyer().pay(session, card))
                .isInstanceOf(org.stoa.stripe.Attempt.Done.class);
        arrived();
        assertThat(renewing.open(bea.id())).isTrue();
        assertThat(renewing.seated(bea.id())).isTrue();
        return bea;
    }

    private void pass(Duration time) {
        StripeAtHand.pass(clock, time);
        arrived();
    }

    /** Everything that Stripe sends has arrived, and what follows from it is done. */
    private void arrived() {
        try {
            school.account.deliveries().await(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        due.run(school.id());
        school.settled();
    }

    private void office(Runnable work) {
        Caller.office(organizations.byId(school.id()).orElseThrow()).run(work);
    }

    @Test
    void aSubscriptionIsPaidEachMonthAndTheAccessGoesOn() {
        renewing.monthly(0);
        var bea = subscribed(Card.GOOD);
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 900, 1));
        pass(MONTH);
        assertThat(renewing.open(bea.id())).isTrue();
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 1800, 2));
        pass(MONTH);
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 2700, 3));
        assertThat(renewing.happened("renewed")).isEqualTo(2);
        assertThat(renewing.happened("paid-twice")).isZero();
        school.balance();
    }

    @Test
    void aTrialGivesAccessBeforeAnythingIsPaid() {
        renewing.monthly(14);
        var bea = subscribed(Card.GOOD);
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "trialing", 0, 0));
        pass(Duration.ofDays(15));
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 900, 1));
        assertThat(renewing.open(bea.id())).isTrue();
        school.balance();
    }

    @Test
    void aFailedRenewalEndsTheAccessAfterTheGraceAndAPaymentOpensItAgain() {
        renewing.monthly(0);
        var bea = subscribed(Card.GOOD);
        var customer = school.account.object(renewing.reference(bea.id())).path("customer");
        school.account.buyer().changeCard(customer.asString(), Card.DECLINED);
        pass(MONTH);
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "past-due", 900, 1));
        assertThat(renewing.open(bea.id())).isTrue();
        assertThat(renewing.happened("renewal-failed")).isEqualTo(1);
        renewing.told("renewal-failed", 1);
        pass(Duration.ofDays(3));
        assertThat(renewing.open(bea.id())).isFalse();
        office(grants::sweep);
        assertThat(renewing.seated(bea.id())).isFalse();
        assertThat(renewing.happened("renewal-failed")).isEqualTo(1);
        var open = school.account.object(renewing.reference(bea.id())).path("latest_invoice");
        school.account.buyer().payInvoice(open.asString(), Card.GOOD);
        arrived();
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 1800, 2));
        assertThat(renewing.open(bea.id())).isTrue();
        assertThat(renewing.seated(bea.id())).isTrue();
        school.balance();
    }

    @Test
    void whoEndsItStaysInUntilWhatIsPaidIsOver() {
        renewing.monthly(0);
        var bea = subscribed(Card.GOOD);
        var browser = school.shop.browser(bea);
        var order = renewing.order(bea.id());
        var page = browser.open(school.shop.host, "/orders/" + order);
        assertThat(page.body()).contains("/orders/" + order + "/cancel");
        var portal =
                browser.submit(
                        school.shop.host, "/orders/" + order + "/portal", java.util.Map.of());
        assertThat(portal.header("Refresh")).contains("/portal/");
        var ended =
                browser.submit(
                        school.shop.host, "/orders/" + order + "/cancel", java.util.Map.of());
        assertThat(ended.body()).contains("It is not renewed any more");
        arrived();
        assertThat(renewing.open(bea.id())).isTrue();
        assertThat(school.account.object(renewing.reference(bea.id())).path("cancel_at").asLong())
                .isPositive();
        pass(MONTH);
        assertThat(renewing.open(bea.id())).isFalse();
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "ended", 900, 1));
        // Whoever's subscription has ended may begin another.
        assertThat(school.shop.enroll(school.shop.buyer(), course).status()).isEqualTo(402);
        school.balance();
    }

    @Test
    void aFewPartsAndItIsTheirs() {
        renewing.parts(3);
        var bea = subscribed(Card.GOOD);
        assertThat(school.account.object(renewing.reference(bea.id())).path("cancel_at").asLong())
                .isPositive();
        pass(MONTH);
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 1800, 2));
        pass(MONTH);
        pass(MONTH);
        pass(MONTH);
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "ended", 2700, 3));
        assertThat(renewing.open(bea.id())).isTrue();
        office(grants::sweep);
        assertThat(renewing.seated(bea.id())).isTrue();
        school.balance();
    }

    @Test
    void whatIsToldTwiceAndInAnyOrderHappensOnce() {
        renewing.monthly(0);
        var bea = subscribed(Card.GOOD);
        for (int seed = 1; seed < 4; seed++) {
            school.account.deliveries().seed(seed).repeat(0.5);
            school.account.deliveries().hold();
            StripeAtHand.pass(clock, MONTH);
            school.account.deliveries().release();
            arrived();
            assertThat(renewing.stands(bea.id()))
                    .isEqualTo(Renewing.of("paid", "active", 900L * (seed + 1), seed + 1));
        }
        assertThat(renewing.open(bea.id())).isTrue();
        school.balance();
    }

    @Test
    void eventsOfAnOlderVersionAreReadRight() {
        renewing.monthly(0);
        school.account.apiVersion("2020-08-27");
        var bea = subscribed(Card.GOOD);
        pass(MONTH);
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 1800, 2));
        school.balance();
    }

    @Test
    void whatIsNeverSentIsMadeUpFor() {
        renewing.monthly(0);
        school.account.deliveries().forget(type -> true);
        var bea = school.shop.buyer();
        school.pay(school.session(bea, course));
        StripeAtHand.pass(clock, Duration.ofMinutes(2));
        office(reconciliation::look);
        due.run(school.id());
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 900, 1));
        StripeAtHand.pass(clock, MONTH);
        office(reconciliation::look);
        due.run(school.id());
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 1800, 2));
        assertThat(renewing.open(bea.id())).isTrue();
        school.account.dashboard().cancelSubscription(renewing.reference(bea.id()));
        StripeAtHand.pass(clock, MONTH);
        office(reconciliation::look);
        due.run(school.id());
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "ended", 1800, 2));
        assertThat(renewing.open(bea.id())).isFalse();
        school.balance();
    }

    @Test
    void aDisputeHoldsTheAccessAndARefundOfTheLastPaymentEndsIt() {
        renewing.monthly(0);
        var bea = subscribed(Card.GOOD);
        pass(MONTH);
        var dispute = school.account.dashboard().dispute(payment(1));
        arrived();
        assertThat(renewing.open(bea.id())).isFalse();
        school.account.dashboard().closeDispute(dispute, true);
        arrived();
        assertThat(renewing.open(bea.id())).isTrue();
        school.account.dashboard().refund(payment(2), null);
        arrived();
        assertThat(renewing.open(bea.id())).isFalse();
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("refunded", "ended", 1800, 2));
        school.balance();
    }

    private String payment(int number) {
        return service.sql(
                        """
                        select reference from payments where organization_id = :school
                         order by paid_at offset :before limit 1
                        """)
                .param("school", school.id())
                .param("before", number - 1)
                .query(String.class)
                .single();
    }
}
