package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.stoa.commerce.Shop;
import org.stoa.testing.StripeAtHand;

/** From how a school stands on its invoices to one on paper, and what is read where tax fails. */
class BillingPagesTest extends BrowserTest {
    private static final String AT = "/admin/sales/billing";

    @Test
    void fromTheSchoolsNameToAnInvoice() {
        var shop = new Shop(port);
        var course = shop.course("Knots for Sailors", 4900);
        var site = "http://" + shop.visitor.host(shop.host);
        var owner = enter(context().newPage(), site, shop.host + "@example.org", AT);
        settle(owner);
        Accessible.everywhere(owner, "billing-test");
        var bea = shop.buyer();
        shop.enroll(bea, course);
        var order = shop.call("GET", "/api/v1/me/orders", bea.token(), null).text("items.0.id");
        shop.browser(bea).submit(shop.host, "/checkout/" + order, Map.of("how", "card"));
        var page = enter(context().newPage(), site, bea.email(), "/orders/" + order);
        settle(page);
        Accessible.everywhere(page, "receipt-invoice");
        page.locator("a[href$=invoice]").click();
        assertThat(page.locator("main")).containsText("has not yet said how it stands");
        show(owner, site + "/admin/sales/orders/" + order + "/invoice", "invoice-not-ready");

        owner.navigate(site + AT);
        owner.getByLabel("Legal name").fill("Rope and Sail gGmbH");
        owner.getByLabel("Address").fill("Bollhörnkai 1\n24103 Kiel\nGermany");
        owner.getByLabel("Tax number").fill("DE123456789");
        owner.getByLabel("At the foot")
                .fill("Amtsgericht Kiel, HRB 12345\nIBAN DE02 1203 0000 0000");
        owner.locator("form.form button.is-filled").click();
        assertThat(owner.locator(".notice")).containsText("Saved.");

        show(page, site + "/orders/" + order + "/invoice", "invoice-ask");
        page.getByLabel("Address").fill("Rope Lane 2\n20095 Hamburg\nGermany");
        page.getByLabel("Name, or company").fill("Berg & Söhne Reederei KG");
        page.getByLabel("Tax number").fill("DE987654321");
        page.locator("form.form button.is-filled").click();
        page.waitForURL("**/invoice?number=TEST-0001");
        settle(page);
        Accessible.everywhere(page, "invoice");
        print(page);
        show(owner, site + "/admin/sales/orders/" + order, "sale-invoice");
    }

    private static void print(Page page) {
        if (Approved.keepsAll()) {
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            page.pdf(
                    new Page.PdfOptions()
                            .setPreferCSSPageSize(true)
                            .setPath(Path.of("target/screens", "invoice.pdf")));
        }
    }

    @Test
    void whatIsReadWhereStripeReckonsNoTax() {
        var shop = new Shop(port);
        var course = shop.course("Knots for Sailors", 4900);
        var key = "sk_test_" + UUID.randomUUID().toString().replace("-", "");
        var account = StripeAtHand.stripe().account(key);
        account.taxSetUp(false);
        var secrets = Map.of("provider", "stripe", "secretKey", key, "webhookSecret", "whsec_none");
        shop.call("PUT", "/api/v1/settings/payments", shop.owner, secrets);
        var site = "http://" + shop.visitor.host(shop.host);
        var owner = enter(context().newPage(), site, shop.host + "@example.org", AT);
        owner.getByLabel("on top of the price").check();
        owner.locator("form.form button.is-filled").click();
        assertThat(owner.locator(".field-error").first()).containsText("Give it.");
        Accessible.everywhere(owner, "billing-wrong");
        owner.getByLabel("Legal name").fill("Rope and Sail gGmbH");
        owner.getByLabel("Address").fill("Bollhörnkai 1\n24103 Kiel");
        owner.locator("form.form button.is-filled").click();
        assertThat(owner.locator(".notice")).containsText("Saved.");
        shop.enroll(shop.buyer(), course);
        show(owner, site + AT, "billing-trouble");
        show(owner, site + "/admin/sales", "sales-tax-trouble");
        account.taxSetUp(true);
    }

    private static void show(Page page, String address, String name) {
        page.navigate(address);
        settle(page);
        Accessible.everywhere(page, name);
    }
}
