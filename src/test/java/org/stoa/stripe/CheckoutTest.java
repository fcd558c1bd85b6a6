package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.param.CouponCreateParams;
import com.stripe.param.PromotionCodeCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionListParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What becomes of checkout sessions, as Stripe's own library sees it. */
class CheckoutTest {
    private final StripeDouble stripe = new StripeDouble();
    private final Shop shop = new Shop(stripe);

    @AfterEach
    void end() {
        assertThat(stripe.broken()).isEmpty();
        stripe.close();
    }

    private List<String> told() {
        return shop.account.with(() ->
                shop.account.shelf("event").all().stream().map(e -> Json.text(e, "type")).toList());
    }

    @Test
    void aCardThatWorksPays() throws Exception {
        var session =
                shop.open(
                        Shop.once(4900, "eur")
                                .setClientReferenceId("order-1")
                                .putMetadata("order", "1")
                                .setPaymentIntentData(
                                        SessionCreateParams.PaymentIntentData.builder()
                                                .putMetadata("purchase", "p1")
                                                .build()));
        assertThat(session.getStatus()).isEqualTo("open");
        assertThat(session.getPaymentIntent()).isNull();
        assertThat(session.getUrl()).startsWith(stripe.address() + "/pay/cs_test_");
        var attempt = shop.account.buyer().pay(session.getId());
        assertThat(((Attempt.Done) attempt).returnTo())
                .hasToString("https://school.example/back?session=" + session.getId());
        var paid = shop.session(session.getId());
        assertThat(paid.getStatus()).isEqualTo("complete");
        assertThat(paid.getPaymentStatus()).isEqualTo("paid");
        assertThat(paid.getAmountTotal()).isEqualTo(4900);
        assertThat(paid.getClientReferenceId()).isEqualTo("order-1");
        assertThat(paid.getMetadata()).containsEntry("order", "1");
        assertThat(paid.getCustomerDetails().getEmail()).isEqualTo("jenny@example.org");
        assertThat(paid.getUrl()).isNull();
        var intent = shop.client.v1().paymentIntents().retrieve(paid.getPaymentIntent());
        assertThat(intent.getStatus()).isEqualTo("succeeded");
        assertThat(intent.getAmountReceived()).isEqualTo(4900);
        assertThat(intent.getMetadata()).containsEntry("purchase", "p1");
        var charge = shop.client.v1().charges().retrieve(intent.getLatestCharge());
        assertThat(charge.getMetadata()).containsEntry("purchase", "p1");
        assertThat(told())
                .containsExactly(
                        "payment_intent.created",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "charge.updated",
                        "checkout.session.completed");
        assertThat(shop.account.buyer().pay(session.getId()))
                .isEqualTo(new Attempt.Closed("complete"));
        assertThat(shop.account.ledger().of("purchase", "p1")).hasSize(1);
    }

    @Test
    void pressedByManyAtOnceItIsPaidOnce() throws Exception {
        var session = shop.open(Shop.once(4900, "eur"));
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Attempt> press = () -> shop.account.buyer().pay(session.getId());
            var presses = new ArrayList<Callable<Attempt>>();
            for (int i = 0; i < 20; i++) {
                presses.add(press);
            }
            long done = 0;
            for (var attempt : people.invokeAll(presses)) {
                done += attempt.get() instanceof Attempt.Done ? 1 : 0;
            }
            assertThat(done).isEqualTo(1);
        }
        assertThat(shop.account.ledger().perCurrency())
                .containsEntry("eur", new Ledger.Sums(4900, 0));
    }

    @Test
    void aDeclinedCardLeavesThePageOpenForAnother() throws Exception {
        var session = shop.open(Shop.once(4900, "eur"));
        var attempt = shop.account.buyer().pay(session.getId(), Card.NO_FUNDS);
        assertThat(attempt)
                .isEqualTo(
                        new Attempt.Declined("card_declined", "Your card has insufficient funds."));
        var open = shop.session(session.getId());
        assertThat(open.getStatus()).isEqualTo("open");
        var intent = shop.client.v1().paymentIntents().retrieve(open.getPaymentIntent());
        assertThat(intent.getStatus()).isEqualTo("requires_payment_method");
        assertThat(intent.getLastPaymentError().getDeclineCode()).isEqualTo("insufficient_funds");
        assertThat(shop.account.buyer().pay(session.getId())).isInstanceOf(Attempt.Done.class);
        assertThat(told())
                .containsExactly(
                        "payment_intent.created",
                        "charge.failed",
                        "payment_intent.payment_failed",
                        "charge.succeeded",
                        "payment_intent.succeeded",
                        "charge.updated",
                        "checkout.session.completed");
        assertThat(shop.account.ledger().payments()).hasSize(1);
    }

    @Test
    void aBankMayAskForAnotherStep() throws Exception {
        var session = shop.open(Shop.once(4900, "eur"));
        var buyer = shop.account.buyer();
        assertThat(buyer.pay(session.getId(), Card.CHALLENGED)).isEqualTo(new Attempt.NextStep());
        assertThat(buyer.authenticate(session.getId(), false)).isInstanceOf(Attempt.Declined.class);
        assertThat(buyer.pay(session.getId(), Card.CHALLENGED)).isEqualTo(new Attempt.NextStep());
        assertThat(shop.session(session.getId()).getPaymentStatus()).isEqualTo("unpaid");
        assertThat(buyer.authenticate(session.getId(), true)).isInstanceOf(Attempt.Done.class);
        assertThat(shop.session(session.getId()).getPaymentStatus()).isEqualTo("paid");
        assertThat(told()).contains("payment_intent.requires_action");
    }

    @Test
    void aDebitIsSettledDaysLater() throws Exception {
        for (boolean well : new boolean[] {true, false}) {
            var session = shop.open(Shop.once(4900, "eur"));
            var buyer = shop.account.buyer();
            assertThat(buyer.pay(session.getId(), Card.BANK_DEBIT))
                    .isInstanceOf(Attempt.Done.class);
            var complete = shop.session(session.getId());
            assertThat(complete.getStatus()).isEqualTo("complete");
            assertThat(complete.getPaymentStatus()).isEqualTo("unpaid");
            stripe.pass(Duration.ofDays(5));
            buyer.settle(session.getId(), well);
            assertThat(shop.session(session.getId()).getPaymentStatus())
                    .isEqualTo(well ? "paid" : "unpaid");
            assertThat(told())
                    .endsWith("checkout.session.async_payment_" + (well ? "succeeded" : "failed"));
        }
        assertThat(shop.account.ledger().payments()).hasSize(1);
    }

    @Test
    void aSessionExpiresAndIsPaidNoMore() throws Exception {
        long soon = stripe.now().plus(Duration.ofMinutes(31)).getEpochSecond();
        var byTime = shop.open(Shop.once(4900, "eur").setExpiresAt(soon));
        var byShop = shop.open(Shop.once(4900, "eur"));
        shop.client.v1().checkout().sessions().expire(byShop.getId());
        assertThat(told()).containsExactly("checkout.session.expired");
        stripe.pass(Duration.ofMinutes(32));
        for (var one : List.of(byTime, byShop)) {
            assertThat(shop.session(one.getId()).getStatus()).isEqualTo("expired");
            assertThat(shop.account.buyer().pay(one.getId()))
                    .isEqualTo(new Attempt.Closed("expired"));
        }
        var refused =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () -> shop.client.v1().checkout().sessions().expire(byShop.getId()));
        assertThat(refused).hasMessageContaining("status of `expired`");
        assertThat(shop.account.ledger().payments()).isEmpty();
        var tooSoon = Shop.once(4900, "eur").setExpiresAt(stripe.now().getEpochSecond() + 60);
        assertThat(catchThrowableOfType(InvalidRequestException.class, () -> shop.open(tooSoon)))
                .hasMessageContaining("at least 30 minutes");
        var listed =
                shop.client
                        .v1()
                        .checkout()
                        .sessions()
                        .list(
                                SessionListParams.builder()
                                        .setStatus(SessionListParams.Status.EXPIRED)
                                        .build());
        assertThat(listed.getData()).hasSize(2);
    }

    @Test
    void couponsAndCodesLowerTheSum() throws Exception {
        var v1 = shop.client.v1();
        var third =
                v1.coupons()
                        .create(
                                CouponCreateParams.builder()
                                        .setPercentOff(new java.math.BigDecimal("33.3"))
                                        .setMaxRedemptions(1L)
                                        .build());
        var discount = SessionCreateParams.Discount.builder().setCoupon(third.getId()).build();
        var session = shop.open(Shop.once(4900, "eur").addDiscount(discount));
        assertThat(session.getAmountTotal()).isEqualTo(4900 - 1632);
        assertThat(session.getTotalDetails().getAmountDiscount()).isEqualTo(1632);
        shop.account.buyer().pay(session.getId());
        var used =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () -> shop.open(Shop.once(4900, "eur").addDiscount(discount)));
        assertThat(used.getCode()).isEqualTo("coupon_expired");
    }

    @Test
    void aCouponForOneThingLeavesOthersAsTheyAre() throws Exception {
        var product = shop.call("POST", "/v1/products", "name=Splices");
        var id = Json.id(Json.JSON.readTree(product.body()));
        shop.call("POST", "/v1/coupons", "id=HALF&percent_off=50&applies_to[products][0]=" + id);
        var splices =
                "line_items[1][quantity]=3&line_items[1][price_data][currency]=eur"
                        + "&line_items[1][price_data][unit_amount]=1001"
                        + "&line_items[1][price_data][product]="
                        + id;
        var made =
                shop.call(
                        "POST",
                        "/v1/checkout/sessions",
                        "mode=payment&success_url=https://school.example/&discounts[0][coupon]=HALF"
                                + "&line_items[0][quantity]=1&line_items[0][price_data][currency]=eur"
                                + "&line_items[0][price_data][unit_amount]=4900"
                                + "&line_items[0][price_data][product_data][name]=Knots&"
                                + splices);
        var session = Json.JSON.readTree(made.body());
        assertThat(Json.number(session, "amount_subtotal")).as(made.body()).isEqualTo(7903);
        assertThat(Json.number(session, "amount_total")).isEqualTo(7903 - 1502);
    }

    @Test
    void codesAreTypedByBuyers() throws Exception {
        var v1 = shop.client.v1();
        var off =
                v1.coupons()
                        .create(
                                CouponCreateParams.builder()
                                        .setId("TEN")
                                        .setAmountOff(1000L)
                                        .setCurrency("eur")
                                        .build());
        v1.promotionCodes()
                .create(
                        PromotionCodeCreateParams.builder()
                                .setCode("SPRING")
                                .setPromotion(
                                        PromotionCodeCreateParams.Promotion.builder()
                                                .setType(
                                                        PromotionCodeCreateParams.Promotion.Type
                                                                .COUPON)
                                                .setCoupon(off.getId())
                                                .build())
                                .build());
        var dollars = SessionCreateParams.Discount.builder().setCoupon("TEN").build();
        assertThat(
                        catchThrowableOfType(
                                InvalidRequestException.class,
                                () -> shop.open(Shop.once(4900, "usd").addDiscount(dollars))))
                .hasMessageContaining("its currency is eur");
        var typed = shop.open(Shop.once(4900, "eur").setAllowPromotionCodes(true));
        shop.account
                .buyer()
                .pay(typed.getId(), Card.GOOD, Shopper.of("ann@example.org").with("spring"));
        assertThat(shop.session(typed.getId()).getAmountTotal()).isEqualTo(3900);
        assertThat(v1.coupons().retrieve("TEN").getTimesRedeemed()).isEqualTo(1);
    }

    @Test
    void whatCostsNothingIsCompleteWithoutAPayment() throws Exception {
        var free = shop.open(Shop.once(0, "eur"));
        shop.account.buyer().pay(free.getId());
        var done = shop.session(free.getId());
        assertThat(done.getPaymentStatus()).isEqualTo("no_payment_required");
        assertThat(done.getPaymentIntent()).isNull();
    }

    @Test
    void taxesCustomersAndInvoicesComeAsAskedFor() throws Exception {
        var session =
                shop.open(
                        Shop.once(10_000, "eur")
                                .setAutomaticTax(
                                        SessionCreateParams.AutomaticTax.builder()
                                                .setEnabled(true)
                                                .build())
                                .setCustomerCreation(SessionCreateParams.CustomerCreation.ALWAYS)
                                .setInvoiceCreation(
                                        SessionCreateParams.InvoiceCreation.builder()
                                                .setEnabled(true)
                                                .build()));
        assertThat(session.getAutomaticTax().getStatus()).isEqualTo("requires_location_inputs");
        shop.account
                .buyer()
                .pay(session.getId(), Card.GOOD, Shopper.of("ana@example.org").in("ES"));
        var paid = shop.session(session.getId());
        assertThat(paid.getAmountTotal()).isEqualTo(12_100);
        assertThat(paid.getTotalDetails().getAmountTax()).isEqualTo(2100);
        var customer = shop.client.v1().customers().retrieve(paid.getCustomer());
        assertThat(customer.getEmail()).isEqualTo("ana@example.org");
        var invoice = shop.client.v1().invoices().retrieve(paid.getInvoice());
        assertThat(invoice.getStatus()).isEqualTo("paid");
        assertThat(invoice.getTotal()).isEqualTo(12_100);
        assertThat(invoice.getLines().getData()).hasSize(1);
        assertThat(told()).contains("customer.created", "invoice.paid");
        JsonNode completed = shop.account.events("checkout.session.completed").getFirst();
        assertThat(completed.at("/data/object/amount_total").asLong()).isEqualTo(12_100);
    }
}
