package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.stoa.commerce.Shop;

/** From a new offer and its coupon to the receipt, in a school of its own. */
class OffersPagesTest extends BrowserTest {
    @Test
    void anOfferIsMadeAndBoughtWithACoupon() {
        var shop = new Shop(port);
        var knots = shop.course("Knots for Sailors", 4900);
        shop.course("Sails", 12900);
        shop.course("Tides", 0);
        var site = "http://" + shop.visitor.host(shop.host);
        var owner = enter(context().newPage(), site, shop.host + "@example.org", "/admin/offers");
        settle(owner);
        owner.getByText("New offer").click();
        owner.getByLabel("Title").fill("The whole rig");
        owner.getByLabel("What it is").fill("Knots and sails together, for less.");
        owner.getByLabel("Knots for Sailors").check();
        owner.getByLabel("Sails", new Page.GetByLabelOptions().setExact(true)).check();
        owner.getByLabel("Price 1").fill("14O");
        owner.locator("#amount-1").fill("159");
        owner.locator("#currency-1").selectOption("USD");
        owner.getByLabel("Sell seats to teams").check();
        owner.getByLabel("Sell it as a gift").check();
        owner.locator("form.form button.is-filled").click();
        assertThat(owner.locator(".field-error")).containsText("Write 140.");
        Accessible.everywhere(owner, "offer-wrong");
        owner.getByLabel("Price 1").fill("140");
        owner.locator("form.form button.is-filled").click();
        assertThat(owner.locator(".notice")).containsText("The offer is made");
        Accessible.everywhere(owner, "offers");
        owner.getByText("The whole rig").click();
        settle(owner);
        Accessible.everywhere(owner, "offer");
        var offer = owner.url().replaceAll(".*/", "");
        coupons(shop);
        show(owner, site + "/admin/coupons", "coupons");

        var bea = shop.buyer();
        var page = enter(context().newPage(), site, bea.email(), "/courses/" + knots + "/offers");
        settle(page);
        Accessible.everywhere(page, "course-offers");
        show(page, site + "/offers/" + offer, "buy");
        page.getByLabel("Coupon").fill("over");
        page.getByText("Show the price").click();
        assertThat(page.locator(".field-error")).containsText("does not hold any more");
        Accessible.everywhere(page, "buy-refused");
        page.getByLabel("Coupon").fill("summer");
        page.getByText("Show the price").click();
        assertThat(page.locator(".bill")).containsText("Less, with SUMMER");
        Accessible.everywhere(page, "buy-coupon");
        page.getByText("Buy for €119").click();
        page.waitForURL("**/checkout/**");
        var order = page.url().replaceAll(".*/", "");
        page.locator("button[value=card]").click();
        page.waitForURL("**/learn**");
        show(page, site + "/orders/" + order, "receipt-coupon");
        show(owner, site + "/admin/sales/orders/" + order, "sale-coupon");
    }

    private static void coupons(Shop shop) {
        for (var body :
                List.<Map<String, Object>>of(
                        Map.of("code", "SUMMER", "percent", 15, "mostUses", 100),
                        Map.of("code", "TEN", "amount", 1000, "currency", "EUR"),
                        Map.of("code", "OVER", "percent", 15))) {
            var made = shop.call("POST", "/api/v1/coupons", shop.owner, body);
            if (body.containsValue("OVER")) {
                shop.call("DELETE", "/api/v1/coupons/" + made.text("id"), shop.owner, null);
            }
        }
    }

    private static void show(Page page, String address, String name) {
        page.navigate(address);
        settle(page);
        Accessible.everywhere(page, name);
    }
}
