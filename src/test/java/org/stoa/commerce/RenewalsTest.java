package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.commerce.PaymentProvider.State;
import org.stoa.commerce.Subscription.Status;
import org.stoa.jobs.DueJobs;
import org.stoa.jobs.Job;
import org.stoa.jobs.Jobs;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.SetClock;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** Subscriptions and parts through the test checkout. */
@StoaTest
class RenewalsTest {
    private @LocalServerPort int port;
    private @Autowired ServiceDatabase service;
    private @Autowired Organizations organizations;
    private @Autowired Settlements settlements;
    private @Autowired Jobs jobs;
    private @Autowired DueJobs due;
    private @Autowired Clock clock;

    @SuppressWarnings("NullAway.Init")
    private Shop shop;

    @SuppressWarnings("NullAway.Init")
    private Organization school;

    @SuppressWarnings("NullAway.Init")
    private Renewing renewing;

    private String course = "";

    @BeforeEach
    void open() {
        shop = new Shop(port);
        course = shop.course("Knots", 900);
        school = organizations.bySubdomain(shop.host).orElseThrow();
        renewing = new Renewing(service, school.id(), clock);
    }

    @AfterEach
    void putRight() {
        SetClock.of(clock).putRight();
    }

    private Visitor bought(Shop.Buyer buyer) {
        var browser = shop.browser(buyer);
        var till = browser.submit(shop.host, "/courses/" + course + "/buy", Map.of());
        assertThat(till.address()).contains("/checkout/");
        var order = renewing.order(buyer.id());
        var done = browser.submit(shop.host, "/checkout/" + order, Map.of("how", "card"));
        assertThat(done.address()).contains("/learn/" + course);
        assertThat(renewing.open(buyer.id())).isTrue();
        return browser;
    }

    private void round() {
        Caller.office(school)
                .run(() ->
                        jobs.enqueue(Job.of(SubscriptionJobs.ROUND, new SubscriptionJobs.Round())));
        due.run(school.id());
    }

    private void passes(Visitor browser, UUID order, String how) {
        var path = "/checkout/" + order + "/renewals";
        var page = browser.open(shop.host, path);
        assertThat(page.status()).as(page.body()).isEqualTo(200);
        var seen = page.body().replaceAll("(?s).*name=\"seen\" value=\"(\\d+)\".*", "$1");
        browser.submit(shop.host, path, Map.of("how", how, "seen", seen));
        due.run(school.id());
    }

    @Test
    void monthsPassAsOftenAsTheBuyerWants() {
        renewing.monthly(7);
        var bea = shop.buyer();
        var browser = bought(bea);
        var order = renewing.order(bea.id());
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "trialing", 0, 0));
        var page = browser.open(shop.host, "/orders/" + order);
        assertThat(page.body()).contains("You are trying it").contains("Let time pass");
        passes(browser, order, "renew");
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 900, 1));
        passes(browser, order, "fail");
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "past-due", 900, 1));
        assertThat(renewing.open(bea.id())).isTrue();
        renewing.told("renewal-failed", 1);
        var listed = shop.call("GET", "/api/v1/subscriptions?status=past-due", shop.owner, null);
        assertThat(listed.text("items.0.order")).isEqualTo(order.toString());
        passes(browser, order, "renew");
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 1800, 2));
        var ended = browser.submit(shop.host, "/orders/" + order + "/cancel", Map.of());
        assertThat(ended.body()).contains("It is not renewed any more");
        assertThat(shop.call("GET", "/api/v1/mismatches", shop.owner, null).json().path("items"))
                .isEmpty();
    }

    @Test
    void itRenewsByTheClockAndAnUnpaidOneGivesItsSeatBack() {
        renewing.monthly(0);
        var bea = shop.buyer();
        bought(bea);
        SetClock.of(clock).pass(Duration.ofDays(32));
        round();
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 1800, 2));
        SetClock.of(clock).putRight();
        var cid = shop.buyer();
        var his = bought(cid);
        passes(his, renewing.order(cid.id()), "fail");
        SetClock.of(clock).pass(Duration.ofDays(4));
        assertThat(renewing.open(cid.id())).isFalse();
        assertThat(renewing.seated(cid.id())).isTrue();
        round();
        assertThat(renewing.seated(cid.id())).isFalse();
        assertThat(renewing.seated(bea.id())).isTrue();
    }

    @Test
    void olderNewsChangeNothingAndAPaymentIsOne() {
        renewing.monthly(0);
        var bea = shop.buyer();
        bought(bea);
        var order = renewing.order(bea.id());
        var now = clock.instant();
        var until = now.plus(Duration.ofDays(60));
        say(order, told(Status.ACTIVE, until, now.plusSeconds(2)), "second");
        say(order, told(Status.ENDED, now.minusSeconds(9), now.plusSeconds(1)), "second");
        say(order, told(Status.ACTIVE, until, now.plusSeconds(2)), "second");
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "active", 1800, 2));
        assertThat(renewing.open(bea.id())).isTrue();
        say(order, told(Status.ENDED, now.minusSeconds(9), now.plusSeconds(3)), "second");
        assertThat(renewing.open(bea.id())).isFalse();
    }

    private void say(UUID order, Subscription.Told told, String payment) {
        var paid = new State.Paid(new org.stoa.shared.Money(900, "EUR"), payment, clock.instant());
        Caller.office(school)
                .run(() -> settlements.stands(order, new State.Recurring(told, List.of(paid))));
    }

    private static Subscription.Told told(Status status, Instant until, Instant at) {
        return new Subscription.Told("sub", "", status, until, null, at);
    }

    @Test
    void partsThatAreAllPaidAreTheirsForGood() {
        renewing.parts(2);
        var bea = shop.buyer();
        var browser = bought(bea);
        var order = renewing.order(bea.id());
        passes(browser, order, "renew");
        assertThat(renewing.stands(bea.id())).isEqualTo(Renewing.of("paid", "ended", 1800, 2));
        SetClock.of(clock).pass(Duration.ofDays(400));
        round();
        assertThat(renewing.open(bea.id())).isTrue();
        assertThat(renewing.seated(bea.id())).isTrue();
        SetClock.of(clock).putRight();
        assertThat(browser.open(shop.host, "/orders/" + order).body())
                .contains("Everything is paid");
    }
}
