package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.stripe.exception.InvalidRequestException;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Money that goes back, and what the ledger says then. */
class RefundsTest {
    private final StripeDouble stripe = new StripeDouble();
    private final Shop shop = new Shop(stripe);

    @AfterEach
    void end() {
        assertThat(stripe.broken()).isEmpty();
        stripe.close();
    }

    private static RefundCreateParams of(String intent, long amount) {
        return RefundCreateParams.builder().setPaymentIntent(intent).setAmount(amount).build();
    }

    private InvalidRequestException refused(RefundCreateParams refund) {
        return catchThrowableOfType(
                InvalidRequestException.class, () -> shop.client.v1().refunds().create(refund));
    }

    private com.stripe.model.Charge charge(String intent) throws Exception {
        var found = shop.client.v1().paymentIntents().retrieve(intent);
        return shop.client.v1().charges().retrieve(found.getLatestCharge());
    }

    @Test
    void inPartsAndNoMoreThanThereIs() throws Exception {
        var intent = shop.sold(4900).getPaymentIntent();
        var refunds = shop.client.v1().refunds();
        var first = refunds.create(of(intent, 900));
        assertThat(first.getStatus()).isEqualTo("succeeded");
        assertThat(charge(intent).getAmountRefunded()).isEqualTo(900);
        assertThat(charge(intent).getRefunded()).isFalse();
        var more = refused(of(intent, 4001));
        assertThat(more.getParam()).isEqualTo("amount");
        assertThat(more).hasMessageContaining("greater than unrefunded amount on charge (40.00");
        assertThat(refused(of(intent, 0)).getCode()).isEqualTo("parameter_invalid_integer");
        var rest =
                refunds.create(
                        RefundCreateParams.builder()
                                .setPaymentIntent(intent)
                                .setReason(RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                                .build(),
                        Shop.under("rest"));
        assertThat(rest.getAmount()).isEqualTo(4000);
        assertThat(charge(intent).getRefunded()).isTrue();
        assertThat(refused(of(intent, 1)).getCode()).isEqualTo("charge_already_refunded");
        var listed = refunds.list(RefundListParams.builder().setPaymentIntent(intent).build());
        assertThat(listed.getData()).hasSize(2);
        assertThat(shop.account.events("charge.refunded")).hasSize(2);
        assertThat(
                        shop.account
                                .events("charge.refunded")
                                .getLast()
                                .at("/data/previous_attributes/amount_refunded")
                                .asLong())
                .isEqualTo(900);
        assertThat(shop.account.ledger().perCurrency())
                .containsEntry("eur", new Ledger.Sums(4900, 4900));
    }

    @Test
    void whatWasNotPaidIsNotGivenBack() throws Exception {
        assertThat(refused(of("pi_none", 1)).getCode()).isEqualTo("resource_missing");
        var open = shop.open(Shop.once(4900, "eur"));
        shop.account.buyer().pay(open.getId(), Card.DECLINED);
        var intent = shop.session(open.getId()).getPaymentIntent();
        assertThat(refused(of(intent, 1)))
                .hasMessageContaining("does not have a successful charge");
        assertThat(refused(RefundCreateParams.builder().build()))
                .hasMessageContaining("payment_intent or charge");
    }

    @Test
    void byHandAtStripesAndBackFromTheBank() throws Exception {
        var intent = shop.sold(4900).getPaymentIntent();
        var refund = shop.account.dashboard().refund(intent, null);
        assertThat(charge(intent).getRefunded()).isTrue();
        shop.account.dashboard().refundFails(refund);
        assertThat(shop.client.v1().refunds().retrieve(refund).getStatus()).isEqualTo("failed");
        assertThat(charge(intent).getAmountRefunded()).isZero();
        assertThat(shop.account.events("refund.failed")).hasSize(1);
    }

    @Test
    void disputesAreOpenedWonAndLost() throws Exception {
        for (boolean won : new boolean[] {true, false}) {
            var intent = shop.sold(4900).getPaymentIntent();
            var id = shop.account.dashboard().dispute(intent);
            assertThat(charge(intent).getDisputed()).isTrue();
            assertThat(refused(of(intent, 1)).getCode()).isEqualTo("charge_disputed");
            var disputes = shop.client.v1().disputes();
            var answered =
                    disputes.update(
                            id,
                            DisputeUpdateParams.builder()
                                    .setEvidence(
                                            DisputeUpdateParams.Evidence.builder()
                                                    .setProductDescription("A course")
                                                    .build())
                                    .build());
            assertThat(answered.getStatus()).isEqualTo("under_review");
            shop.account.dashboard().closeDispute(id, won);
            assertThat(disputes.retrieve(id).getStatus()).isEqualTo(won ? "won" : "lost");
        }
        assertThat(shop.account.events("charge.dispute.created")).hasSize(2);
        assertThat(shop.account.events("charge.dispute.closed")).hasSize(2);
        assertThat(shop.account.events("charge.dispute.funds_reinstated")).hasSize(1);
    }

    @Test
    void theBalanceIsPaidOutToTheLastCent() throws Exception {
        shop.sold(4900);
        var second = shop.sold(10_000).getPaymentIntent();
        shop.client.v1().refunds().create(of(second, 2500));
        shop.account.dashboard().payOut();
        var payouts = shop.client.v1().payouts().list().getData();
        assertThat(payouts).hasSize(1);
        long fees = Payments.fee(4900) + Payments.fee(10_000);
        assertThat(payouts.getFirst().getAmount()).isEqualTo(4900 + 10_000 - 2500 - fees);
        var of =
                shop.client
                        .v1()
                        .balanceTransactions()
                        .list(
                                BalanceTransactionListParams.builder()
                                        .setPayout(payouts.getFirst().getId())
                                        .build());
        assertThat(of.getData().stream().mapToLong(t -> t.getNet()).sum()).isZero();
        assertThat(shop.account.events("payout.paid")).hasSize(1);
    }
}
