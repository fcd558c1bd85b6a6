package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.param.checkout.SessionCreateParams;
import org.junit.jupiter.api.Test;

/** What tests hold their own books against. */
class LedgerTest {
    @Test
    void itAddsUpByCurrencyCustomerAndWhatTheShopNoted() throws Exception {
        try (var stripe = new StripeDouble()) {
            var shop = new Shop(stripe);
            for (int i = 0; i < 6; i++) {
                var session =
                        shop.open(
                                Shop.once(1000 + i, i % 2 == 0 ? "eur" : "jpy")
                                        .putMetadata("course", "c" + i % 3)
                                        .setCustomerCreation(
                                                SessionCreateParams.CustomerCreation.ALWAYS));
                shop.account.buyer().pay(session.getId(), i == 5 ? Card.DECLINED : Card.GOOD);
            }
            var ledger = shop.account.ledger();
            assertThat(ledger.perCurrency())
                    .containsEntry("eur", new Ledger.Sums(3006, 0))
                    .containsEntry("jpy", new Ledger.Sums(2004, 0));
            assertThat(ledger.per("course"))
                    .containsEntry("c0", new Ledger.Sums(2003, 0))
                    .containsEntry("c2", new Ledger.Sums(1002, 0));
            assertThat(ledger.perCustomer()).hasSize(5);
            var first = ledger.of("course", "c1").getFirst();
            assertThat(first.session()).startsWith("cs_test_");
            shop.account.dashboard().refund(first.paymentIntent(), 500L);
            assertThat(ledger.per("course")).containsEntry("c1", new Ledger.Sums(2005, 500));
            assertThat(ledger.ofCustomer(first.customer())).hasSize(1);
        }
    }
}
