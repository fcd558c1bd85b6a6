package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.Subscription;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.Discount;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions through the months. */
class SubscriptionsTest {
    private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
    private final StripeDouble stripe = new StripeDouble(Clock.fixed(START, ZoneOffset.UTC), 0);
    private final Shop shop = new Shop(stripe);

    @AfterEach
    void end() {
        assertThat(stripe.broken()).isEmpty();
        stripe.close();
    }

    private Subscription subscribed(Card card, SubscriptionData data) throws Exception {
        var session = shop.open(Shop.monthly(900).setSubscriptionData(data));
        assertThat(shop.account.buyer().pay(session.getId(), card))
                .isInstanceOf(Attempt.Done.class);
        return find(shop.session(session.getId()).getSubscription());
    }

    private Subscription subscribed(Card card) throws Exception {
        return subscribed(card, SubscriptionData.builder().putMetadata("offer", "o1").build());
    }

    private Subscription find(String id) throws Exception {
        return shop.client.v1().subscriptions().retrieve(id);
    }

    private static Instant ends(Subscription one) {
        return Instant.ofEpochSecond(one.getItems().getData().getFirst().getCurrentPeriodEnd());
    }

    private List<String> told() {
        return shop.account.with(() ->
                shop.account.shelf("event").all().stream().map(e -> Json.text(e, "type")).toList());
    }

    private int times(String type) {
        return (int) told().stream().filter(type::equals).count();
    }

    @Test
    void renewsMonthByMonthOnTheDayItBegan() throws Exception {
        var one = subscribed(Card.GOOD);
        assertThat(one.getStatus()).isEqualTo("active");
        assertThat(one.getMetadata()).containsEntry("offer", "o1");
        assertThat(ends(one)).isEqualTo(Instant.parse("2026-02-28T10:00:00Z"));
        assertThat(told())
                .contains(
                        "customer.created",
                        "customer.subscription.created",
                        "invoice.created",
                        "invoice.finalized",
                        "invoice.paid",
                        "checkout.session.completed");
        stripe.pass(Duration.ofDays(60));
        one = find(one.getId());
        assertThat(ends(one)).isEqualTo(Instant.parse("2026-04-30T10:00:00Z"));
        var invoices =
                shop.client
                        .v1()
                        .invoices()
                        .list(InvoiceListParams.builder().setCustomer(one.getCustomer()).build());
        assertThat(invoices.getData()).hasSize(3).allMatch(i -> i.getStatus().equals("paid"));
        var last = invoices.getData().getFirst();
        assertThat(last.getBillingReason()).isEqualTo("subscription_cycle");
        assertThat(last.getCreated())
                .isEqualTo(Instant.parse("2026-03-31T10:00:00Z").getEpochSecond());
        assertThat(last.getParent().getSubscriptionDetails().getSubscription())
                .isEqualTo(one.getId());
        assertThat(last.getParent().getSubscriptionDetails().getMetadata())
                .containsEntry("offer", "o1");
        assertThat(times("invoice.paid")).isEqualTo(3);
        assertThat(shop.account.ledger().ofCustomer(one.getCustomer())).hasSize(3);
        assertThat(shop.account.ledger().of("offer", "o1")).hasSize(3);
    }

    @Test
    void theInvoiceOfAPaymentIsFoundByIt() throws Exception {
        var one = subscribed(Card.GOOD);
        var charge = shop.account.ledger().payments().getLast();
        var payments =
                shop.client
                        .v1()
                        .invoicePayments()
                        .list(
                                InvoicePaymentListParams.builder()
                                        .setPayment(
                                                InvoicePaymentListParams.Payment.builder()
                                                        .setType(
                                                                InvoicePaymentListParams.Payment
                                                                        .Type.PAYMENT_INTENT)
                                                        .setPaymentIntent(charge.paymentIntent())
                                                        .build())
                                        .build());
        assertThat(payments.getData().getFirst().getInvoice()).isEqualTo(one.getLatestInvoice());
    }

    @Test
    void aRenewalThatFailsIsTriedAgainAndGivenUp() throws Exception {
        var one = subscribed(Card.FAILS_LATER);
        stripe.pass(Duration.ofDays(28));
        assertThat(find(one.getId()).getStatus()).isEqualTo("past_due");
        assertThat(times("invoice.payment_failed")).isEqualTo(1);
        stripe.pass(Duration.ofDays(16));
        assertThat(find(one.getId()).getStatus()).isEqualTo("canceled");
        assertThat(find(one.getId()).getCancellationDetails().getReason())
                .isEqualTo("payment_failed");
        assertThat(times("invoice.payment_failed")).isEqualTo(4);
        assertThat(times("customer.subscription.deleted")).isEqualTo(1);
        assertThat(shop.account.ledger().payments()).hasSize(1);
    }

    @Test
    void anotherCardMendsIt() throws Exception {
        var one = subscribed(Card.FAILS_LATER);
        stripe.pass(Duration.ofDays(28));
        shop.account.buyer().changeCard(one.getCustomer(), Card.GOOD);
        stripe.pass(Duration.ofDays(3));
        assertThat(find(one.getId()).getStatus()).isEqualTo("active");
        assertThat(times("invoice.paid")).isEqualTo(2);
        var updated = shop.account.events("customer.subscription.updated").getLast();
        assertThat(updated.at("/data/previous_attributes/status").asString()).isEqualTo("past_due");
    }

    @Test
    void anOpenInvoiceIsPaidOnItsPage() throws Exception {
        var one = subscribed(Card.FAILS_LATER);
        stripe.pass(Duration.ofDays(28));
        var invoice = find(one.getId()).getLatestInvoice();
        assertThat(
                        catchThrowableOfType(
                                CardException.class,
                                () -> shop.client.v1().invoices().pay(invoice)))
                .isNotNull();
        shop.account.buyer().payInvoice(invoice, Card.GOOD);
        assertThat(find(one.getId()).getStatus()).isEqualTo("active");
        stripe.pass(Duration.ofDays(16));
        assertThat(shop.account.ledger().payments())
                .hasSize(2)
                .allMatch(p -> p.subscription().equals(one.getId()));
    }

    @Test
    void aTrialCostsNothingUntilItEnds() throws Exception {
        var one = subscribed(Card.GOOD, SubscriptionData.builder().setTrialPeriodDays(14L).build());
        assertThat(one.getStatus()).isEqualTo("trialing");
        assertThat(shop.account.ledger().payments()).isEmpty();
        stripe.pass(Duration.ofDays(12));
        assertThat(times("customer.subscription.trial_will_end")).isEqualTo(1);
        stripe.pass(Duration.ofDays(3));
        assertThat(find(one.getId()).getStatus()).isEqualTo("active");
        assertThat(shop.account.ledger().perCurrency())
                .containsEntry("eur", new Ledger.Sums(900, 0));
    }

    @Test
    void cancelledForTheEndItEndsThere() throws Exception {
        var one = subscribed(Card.GOOD);
        var update = SubscriptionUpdateParams.builder().setCancelAtPeriodEnd(true).build();
        var ending = shop.client.v1().subscriptions().update(one.getId(), update);
        assertThat(ending.getCancelAtPeriodEnd()).isTrue();
        assertThat(ending.getStatus()).isEqualTo("active");
        shop.account.buyer().resumeSubscription(one.getId());
        assertThat(find(one.getId()).getCancelAtPeriodEnd()).isFalse();
        shop.account.buyer().cancelSubscription(one.getId());
        stripe.pass(Duration.ofDays(28));
        var ended = find(one.getId());
        assertThat(ended.getStatus()).isEqualTo("canceled");
        assertThat(Instant.ofEpochSecond(ended.getEndedAt())).isEqualTo(ends(one));
        assertThat(shop.account.ledger().payments()).hasSize(1);
        assertThat(
                        catchThrowableOfType(
                                        InvalidRequestException.class,
                                        () ->
                                                shop.client
                                                        .v1()
                                                        .subscriptions()
                                                        .update(one.getId(), update))
                                .getCode())
                .isEqualTo("resource_missing");
    }

    @Test
    void cancelledAtOnceItIsOver() throws Exception {
        var one = subscribed(Card.GOOD);
        var other = subscribed(Card.GOOD);
        assertThat(shop.client.v1().subscriptions().cancel(one.getId()).getStatus())
                .isEqualTo("canceled");
        var until = stripe.now().plus(Duration.ofDays(10)).getEpochSecond();
        shop.client
                .v1()
                .subscriptions()
                .update(
                        other.getId(),
                        SubscriptionUpdateParams.builder().setCancelAt(until).build());
        assertThat(shop.client.v1().subscriptions().list().getData()).hasSize(1);
        stripe.pass(Duration.ofDays(11));
        assertThat(shop.client.v1().subscriptions().list().getData()).isEmpty();
        var all =
                SubscriptionListParams.builder()
                        .setStatus(SubscriptionListParams.Status.ALL)
                        .build();
        assertThat(shop.client.v1().subscriptions().list(all).getData()).hasSize(2);
    }

    @Test
    void aCouponForThreeMonthsEndsAfterThem() throws Exception {
        shop.client
                .v1()
                .coupons()
                .create(
                        CouponCreateParams.builder()
                                .setId("HALF")
                                .setPercentOff(java.math.BigDecimal.valueOf(50))
                                .setDuration(CouponCreateParams.Duration.REPEATING)
                                .setDurationInMonths(3L)
                                .build());
        var session =
                shop.open(
                        Shop.monthly(900)
                                .addDiscount(Discount.builder().setCoupon("HALF").build()));
        shop.account.buyer().pay(session.getId());
        stripe.pass(Duration.ofDays(110));
        assertThat(shop.account.ledger().payments())
                .extracting(Ledger.Payment::amount)
                .containsExactly(450L, 450L, 450L, 900L);
    }

    @Test
    void aDeclinedCardBeginsNothing() throws Exception {
        var session = shop.open(Shop.monthly(900));
        assertThat(shop.account.buyer().pay(session.getId(), Card.DECLINED))
                .isInstanceOf(Attempt.Declined.class);
        assertThat(shop.session(session.getId()).getStatus()).isEqualTo("open");
        assertThat(times("customer.subscription.created")).isZero();
        assertThat(shop.account.buyer().pay(session.getId(), Card.CHALLENGED))
                .isEqualTo(new Attempt.NextStep());
        assertThat(shop.account.buyer().authenticate(session.getId(), true))
                .isInstanceOf(Attempt.Done.class);
        assertThat(shop.session(session.getId()).getPaymentStatus()).isEqualTo("paid");
    }

    @Test
    void aDebitPaysTheFirstPeriodDaysLater() throws Exception {
        for (boolean well : new boolean[] {true, false}) {
            var session = shop.open(Shop.monthly(900));
            shop.account.buyer().pay(session.getId(), Card.BANK_DEBIT);
            assertThat(shop.session(session.getId()).getPaymentStatus()).isEqualTo("unpaid");
            shop.account.buyer().settle(session.getId(), well);
            var one = find(shop.session(session.getId()).getSubscription());
            assertThat(one.getStatus()).isEqualTo(well ? "active" : "past_due");
            assertThat(told())
                    .endsWith("checkout.session.async_payment_" + (well ? "succeeded" : "failed"));
        }
        assertThat(times("invoice.paid")).isEqualTo(1);
    }

    @Test
    void pricesAndModesMustFit() {
        var yearly =
                Shop.once(900, "eur")
                        .addLineItem(
                                Shop.line(
                                        "Year",
                                        900,
                                        "eur",
                                        com.stripe.param.checkout.SessionCreateParams.LineItem
                                                .PriceData.Recurring.Interval.YEAR));
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> shop.open(yearly)))
                .hasMessageContaining("passed a recurring price");
    }

    @Test
    void thePortalIsForCustomers() throws Exception {
        var one = subscribed(Card.GOOD);
        var portal =
                shop.client
                        .v1()
                        .billingPortal()
                        .sessions()
                        .create(
                                SessionCreateParams.builder()
                                        .setCustomer(one.getCustomer())
                                        .setReturnUrl("https://school.example/account")
                                        .build());
        var path = portal.getUrl().substring(stripe.address().length());
        assertThat(shop.call("GET", path, "").body()).contains("Cancel at the end of the period");
        assertThat(shop.call("POST", path, "cancel=" + one.getId()).body())
                .contains("Go on after all");
        assertThat(find(one.getId()).getCancelAtPeriodEnd()).isTrue();
        assertThat(
                        catchThrowableOfType(
                                        InvalidRequestException.class,
                                        () ->
                                                shop.client
                                                        .v1()
                                                        .billingPortal()
                                                        .sessions()
                                                        .create(
                                                                SessionCreateParams.builder()
                                                                        .setCustomer("cus_none")
                                                                        .build()))
                                .getParam())
                .isEqualTo("customer");
    }
}
