package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.stoa.commerce.Shop;
import org.stoa.jobs.DueJobs;
import org.stoa.tenancy.Organizations;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.SetClock;

/** From a course with a price to its receipt, and what the school sees, in a school of its own. */
class SellingPagesTest extends BrowserTest {
    private @Autowired ServiceDatabase service;
    private @Autowired Organizations organizations;
    private @Autowired DueJobs due;
    private @Autowired Clock clock;

    @Test
    void aCourseIsBoughtInTheBrowserAndTheSchoolSeesIt() {
        var shop = new Shop(port);
        var knots = shop.course("Knots for Sailors", 4900);
        shop.course("Sails", 12900);
        var site = "http://" + shop.visitor.host(shop.host);
        some(shop, knots);

        var bea = shop.buyer();
        var page = enter(context().newPage(), site, bea.email(), "/courses/" + knots);
        settle(page);
        Accessible.everywhere(page, "course-priced");
        page.locator("main form button").first().click();
        page.waitForURL("**/checkout/**");
        Accessible.everywhere(page, "test-checkout");
        page.locator("button[value=refused]").click();
        assertThat(page.locator(".notice.is-bad")).isVisible();
        Accessible.everywhere(page, "test-checkout-refused");
        var order = page.url().replaceAll(".*/", "");
        show(page, site + "/orders/" + order, "order-pending");
        page.getByText("Pay now").click();
        page.waitForURL("**/checkout/**");
        page.locator("button[value=bank]").click();
        page.waitForURL("**/done");
        page.navigate("about:blank");
        show(page, site + "/orders/" + order, "order-awaiting");
        page.navigate(site + "/orders/" + order + "/done");
        Accessible.everywhere(page, "checkout-awaiting");
        page.navigate("about:blank");
        paid(order);
        page.navigate(site + "/orders/" + order + "/done");
        page.waitForURL("**/learn/" + knots + "**");
        show(page, site + "/orders", "orders");
        show(page, site + "/orders/" + order, "receipt");
        printed(page);

        var owner = enter(context().newPage(), site, shop.host + "@example.org", "/admin/sales");
        settle(owner);
        Accessible.everywhere(owner, "sales");
        show(owner, site + "/admin/sales?span=months", "sales-months");
        owner.navigate(site + "/admin/sales/orders/" + order);
        owner.getByLabel("How much").fill("9,5O");
        owner.locator("form.form button").click();
        assertThat(owner.locator(".field-error")).containsText("Write 9,50.");
        Accessible.everywhere(owner, "sale-wrong");
        owner.getByLabel("How much").fill("9,50");
        owner.getByLabel("Why").fill("The rope came late");
        owner.locator("form.form button").click();
        assertThat(owner.locator("h1")).hasText("Give money back?");
        Accessible.everywhere(owner, "sale-refund");
        owner.locator("main form button").click();
        due.run(organizations.bySubdomain(shop.host).orElseThrow().id());
        show(owner, site + "/admin/sales/orders/" + order, "sale");
        show(page, site + "/orders/" + order, "receipt-refunded");

        broken(order);
        show(owner, site + "/admin/sales", "sales-mismatches");
        owner.getByText("Give the access").click();
        assertThat(owner.locator(".notice")).containsText("The access is given");

        show(owner, site + "/studio/" + knots + "/price", "price");
        owner.locator("#amount-0").fill("4O");
        owner.locator("form.form button.is-filled").click();
        assertThat(owner.locator(".field-error")).containsText("Write 40.");
        Accessible.everywhere(owner, "price-wrong");
        owner.locator("#amount-0").fill("49");
        owner.locator("#amount-1").fill("55");
        owner.locator("#currency-1").selectOption("USD");
        owner.locator("form.form button.is-filled").click();
        assertThat(owner.locator(".lede")).containsText("€49 · $55");
        Accessible.everywhere(owner, "price-two");
        var other = shop.buyer();
        var dora = enter(context().newPage(), site, other.email(), "/courses/" + knots + "/join");
        settle(dora);
        Accessible.everywhere(dora, "join-two-prices");
        show(dora, site + "/courses/" + knots, "course-two-prices");
        expired(page, shop, knots, site);
    }

    private void expired(Page page, Shop shop, String knots, String site) {
        SetClock.of(clock).putRight();
        var cid = shop.buyer();
        var url = shop.enroll(cid, knots).text("checkoutUrl");
        var order = url.replaceAll(".*/", "");
        service.sql("update test_checkouts set state = 'expired' where order_id = :order")
                .param("order", UUID.fromString(order))
                .update();
        var his = enter(context().newPage(), site, cid.email(), "/orders");
        his.navigate(site + "/orders/" + order + "/done");
        Accessible.everywhere(his, "checkout-expired");
    }

    /** A receipt on paper has nothing to click. */
    private static void printed(Page page) {
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".bill")).isVisible();
        for (var none : new String[] {".bar", ".foot", ".crumbs", ".actions"}) {
            assertThat(page.locator(none).first()).isHidden();
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    }

    private static void show(Page page, String address, String name) {
        page.navigate(address);
        settle(page);
        Accessible.everywhere(page, name);
    }

    /** Orders over some weeks, by several people. */
    private void some(Shop shop, String course) {
        for (int day = 27; day > 0; day -= 3) {
            var buyer = shop.buyer();
            var order = shop.enroll(buyer, course).text("checkoutUrl").replaceAll(".*/", "");
            if (day % 2 == 0) {
                continue;
            }
            shop.browser(buyer).submit(shop.host, "/checkout/" + order, Map.of("how", "card"));
            var at = clock.instant().minus(Duration.ofDays(day)).toString();
            service.sql(
                            "update payments set paid_at = cast(:at as timestamptz) where order_id = :order")
                    .param("at", at)
                    .param("order", UUID.fromString(order))
                    .update();
        }
    }

    private void paid(String order) {
        service.sql(
                        "update test_checkouts set state = 'paid', paid_at = now() where order_id = :order")
                .param("order", UUID.fromString(order))
                .update();
    }

    private void broken(String order) {
        service.sql("update access_grants set ends_at = now() where source_reference = :order")
                .param("order", order)
                .update();
    }
}
