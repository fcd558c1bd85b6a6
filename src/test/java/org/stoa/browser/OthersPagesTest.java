package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.stoa.commerce.BoughtForOthers;
import org.stoa.commerce.Shop;
import org.stoa.commerce.Terms;
import org.stoa.jobs.DueJobs;

/** Seats for a team, a gift, and the line before a full course, in a school of its own. */
class OthersPagesTest extends BrowserTest {
    private @Autowired ApplicationContext context;
    private @Autowired DueJobs due;

    @Test
    void seatsAreOfferedAndTakenInTheBrowser() {
        var others = BoughtForOthers.in(context);
        var shop = new Shop(port);
        var site = "http://" + shop.visitor.host(shop.host);
        var knots = shop.course("Knots for Sailors", 4900);
        var bea = shop.buyer();
        var ida = shop.buyer();
        var order = others.bought(shop, bea, knots, Terms.Buys.SEATS, 4);
        var page = enter(context().newPage(), site, bea.email(), "/orders/" + order);
        settle(page);
        Accessible.everywhere(page, "receipt-seats");
        page.getByText("Manage the seats").click();
        show(page, site + "/orders/" + order + "/seats", "seats-free");
        page.getByLabel("E-mail address of a colleague").fill(bea.email());
        page.getByText("Offer a seat").click();
        assertThat(page.locator(".field-error")).containsText("your own address");
        Accessible.everywhere(page, "seats-wrong");
        page.getByLabel("E-mail address of a colleague").fill(ida.email());
        page.getByText("Offer a seat").click();
        assertThat(page.locator(".notice")).containsText("The seat is offered");
        Accessible.everywhere(page, "seats-offered");
        var link = page.locator("#link").inputValue();

        var hers = enter(context().newPage(), site, ida.email(), "/learn");
        show(hers, link, "seat");
        var nobody = context().newPage();
        show(nobody, link, "seat-signed-out");
        hers.getByText("Take the seat").click();
        hers.waitForURL("**/learn/" + knots + "**");
        show(nobody, link, "seat-used");
        page.getByText("Take one yourself").click();
        assertThat(page.locator(".notice")).containsText("One of the seats is yours");
        page.getByText("Swap").first().click();
        assertThat(page.locator("#swap-email")).isVisible();
        Accessible.everywhere(page, "seats-swap");
    }

    @Test
    void aGiftIsSentAndTakenInTheBrowser() {
        var others = BoughtForOthers.in(context);
        var shop = new Shop(port);
        var site = "http://" + shop.visitor.host(shop.host);
        var knots = shop.course("Knots for Sailors", 4900);
        var bea = shop.buyer();
        var ida = shop.buyer();
        var order = others.bought(shop, bea, knots, Terms.Buys.GIFT, 1);
        var page = enter(context().newPage(), site, bea.email(), "/orders/" + order + "/gift");
        settle(page);
        Accessible.everywhere(page, "gift");
        page.getByLabel("E-mail address").fill(ida.email());
        page.getByLabel("A few words").fill("For your birthday, Ida.\nSee you at the harbour!");
        page.getByText("Send the gift").click();
        assertThat(page.locator(".notice")).containsText("on its way");
        Accessible.everywhere(page, "gift-sent");
        var link = page.locator("#link").inputValue();
        var hers = enter(context().newPage(), site, ida.email(), "/learn");
        show(hers, link, "gifted");
        hers.getByText("Take the gift").click();
        hers.waitForURL("**/learn/" + knots + "**");
        show(page, site + "/orders/" + order + "/gift", "gift-taken");
    }

    @Test
    void peopleStandInLineInTheBrowser() {
        var others = BoughtForOthers.in(context);
        var shop = new Shop(port);
        var site = "http://" + shop.visitor.host(shop.host);
        var knots = shop.course("Knots for Sailors", 0);
        shop.limit(knots, 1);
        var ida = shop.buyer();
        var bea = shop.buyer();
        shop.enroll(ida, knots);
        var page = enter(context().newPage(), site, bea.email(), "/courses/" + knots);
        settle(page);
        Accessible.everywhere(page, "course-full");
        page.getByText("Wait for a place").click();
        page.waitForURL("**/wait");
        Accessible.everywhere(page, "wait");
        page.getByText("Put me on the waiting list").click();
        assertThat(page.locator("h1")).hasText("You are in line");
        Accessible.everywhere(page, "wait-in-line");
        shop.browser(ida).submit(shop.host, "/courses/" + knots + "/leave", Map.of());
        due.run(others.school(shop).id());
        show(page, site + "/courses/" + knots + "/wait", "wait-kept");
        page.getByText("Take the place").click();
        page.waitForURL("**/learn/" + knots + "**");
    }

    private static void show(Page page, String address, String name) {
        page.navigate(address);
        settle(page);
        Accessible.everywhere(page, name);
    }
}
