package org.stoa.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page that a buyer is sent to, used as a browser uses it. */
class HostedPagesTest {
    private final StripeDouble stripe = new StripeDouble();
    private final Shop shop = new Shop(stripe);

    @AfterEach
    void end() {
        assertThat(stripe.broken()).isEmpty();
        stripe.close();
    }

    @Test
    void aBuyerPressesPayAndIsSentBack() throws Exception {
        var session = shop.open(Shop.once(4900, "eur").setCustomerEmail("ann@example.org"));
        var path = session.getUrl().substring(stripe.address().length());
        var page = shop.call("GET", path, "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("Knots × 1", "49.00 eur", "ann@example.org", ">Pay</button>")
                .contains("https://school.example/courses/knots");
        var declined = shop.call("POST", path, "card=DECLINED");
        assertThat(declined.body()).contains("role=\"alert\">Your card was declined.");
        var asked = shop.call("POST", path, "card=CHALLENGED");
        assertThat(asked.body()).contains("Confirm at the bank");
        var done = shop.call("POST", path, "step=well");
        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(done.headers().firstValue("Location"))
                .contains("https://school.example/back?session=" + session.getId());
        assertThat(shop.session(session.getId()).getCustomerDetails().getEmail())
                .isEqualTo("ann@example.org");
        var again = shop.call("POST", path, "card=GOOD");
        assertThat(again.body()).contains("This checkout is complete.");
        assertThat(shop.account.ledger().payments()).hasSize(1);
    }

    @Test
    void whatHasExpiredOrNeverWasSaysSo() throws Exception {
        var session = shop.open(Shop.once(4900, "eur"));
        shop.account.buyer().letExpire(session.getId());
        var path = session.getUrl().substring(stripe.address().length());
        assertThat(shop.call("GET", path, "").body()).contains("This checkout has expired.");
        assertThat(shop.call("POST", path, "card=GOOD").body()).contains("has expired");
        assertThat(shop.call("GET", "/pay/cs_test_" + UUID.randomUUID(), "").statusCode())
                .isEqualTo(404);
    }
}
