package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.commerce.Renewing;
import org.stoa.commerce.Shop;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;

/** What buyers and schools see of subscriptions. */
class RenewalPagesTest extends BrowserTest {
    private @Autowired ServiceDatabase service;
    private @Autowired Organizations organizations;
    private @Autowired Clock clock;

    @Test
    void aSubscriptionIsBegunRenewedAndEndedInTheBrowser() {
        var shop = new Shop(port);
        var knots = shop.course("Knots for Sailors", 900);
        var school = organizations.bySubdomain(shop.host).orElseThrow().id();
        var renewing = new Renewing(service, school, clock);
        renewing.monthly(7);
        var site = "http://" + shop.visitor.host(shop.host);
        var bea = shop.buyer();
        var page = enter(context().newPage(), site, bea.email(), "/courses/" + knots);
        page.locator("main form button").first().click();
        page.waitForURL("**/checkout/**");
        page.locator("button[value=card]").click();
        page.waitForURL("**/learn/" + knots + "**");
        var order = renewing.order(bea.id());
        show(page, site + "/orders/" + order, "subscription-trial");
        page.getByText("Let time pass").click();
        page.waitForURL("**/renewals");
        Accessible.everywhere(page, "test-renewals");
        page.locator("button[value=fail]").click();
        show(page, site + "/orders/" + order, "subscription-failed");
        page.getByText("Let time pass").click();
        page.locator("button[value=renew]").click();
        show(page, site + "/orders/" + order, "subscription");
        page.getByText("End the subscription").click();
        assertThat(page.locator(".lede").last()).containsText("not renewed any more");
        Accessible.everywhere(page, "subscription-ending");
        second(shop, knots, site, renewing);
        var owner =
                enter(
                        context().newPage(),
                        site,
                        shop.host + "@example.org",
                        "/admin/sales/subscriptions");
        settle(owner);
        Accessible.everywhere(owner, "subscriptions");
    }

    private void second(Shop shop, String knots, String site, Renewing renewing) {
        var cid = shop.buyer();
        var order = shop.enroll(cid, knots).text("checkoutUrl").replaceAll(".*/", "");
        var page = enter(context().newPage(), site, cid.email(), "/checkout/" + order);
        page.locator("button[value=card]").click();
        page.waitForURL("**/learn/" + knots + "**");
        page.navigate(site + "/checkout/" + UUID.fromString(order) + "/renewals");
        page.locator("button[value=fail]").click();
        assertThat(page.locator(".bill")).containsText("payment failed");
    }

    private static void show(Page page, String address, String name) {
        page.navigate(address);
        settle(page);
        Accessible.everywhere(page, name);
    }
}
