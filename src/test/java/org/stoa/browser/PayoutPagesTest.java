package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.stoa.commerce.Shop;
import org.stoa.stripe.Faults.Fault;
import org.stoa.stripe.StripeAccount;
import org.stoa.testing.StripeAtHand;

/** What a school sees of the money that goes to its bank. */
class PayoutPagesTest extends BrowserTest {
    @Test
    void payOutsAreShownWithWhatTheyAreMadeOf() {
        var shop = new Shop(port);
        var knots = shop.course("Knots for Sailors", 4900);
        var key = "sk_test_" + UUID.randomUUID().toString().replace("-", "");
        var account = StripeAtHand.stripe().account(key);
        var settings =
                Map.of("provider", "stripe", "secretKey", key, "webhookSecret", "whsec_knots");
        shop.call("PUT", "/api/v1/settings/payments", shop.owner, settings);
        var site = "http://" + shop.visitor.host(shop.host);
        sell(shop, account, knots, 3);
        account.dashboard().payOut();
        account.dashboard().refund(sell(shop, account, knots, 4), 2400L);
        account.dashboard().payOut();
        sell(shop, account, knots, 1);
        var at = "/admin/sales/payouts";
        var owner = enter(context().newPage(), site, shop.host + "@example.org", at);
        show(owner, site + at, "payouts");
        assertThat(owner.locator(".made-of").first()).containsText("− €24");
        // What was told a moment ago is not asked for again: on another page of it, it is.
        account.faults().fail(1, Fault.UNAVAILABLE, call -> call.endsWith("/v1/payouts"));
        show(owner, site + at + "?cursor=po_a", "payouts-away");
        assertThat(owner.locator("main h2")).hasText("Stripe does not answer");
        account.faults().fail(1, Fault.FORBIDDEN, call -> call.endsWith("/v1/payouts"));
        show(owner, site + at + "?cursor=po_b", "payouts-forbidden");
        assertThat(owner.locator("main h2")).hasText("Pay-outs cannot be read");
    }

    private static String sell(Shop shop, StripeAccount account, String course, int times) {
        var payment = "";
        for (int i = 0; i < times; i++) {
            var url = shop.enroll(shop.buyer(), course).text("checkoutUrl");
            var session = url.substring(url.lastIndexOf('/') + 1);
            account.buyer().pay(session);
            payment = account.object(session).path("payment_intent").asString();
        }
        return payment;
    }

    private static void show(Page page, String address, String name) {
        page.navigate(address);
        settle(page);
        Accessible.everywhere(page, name);
    }
}
