package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.stoa.browser.Halden.Someone;

/** A learner and a teacher write to each other, each in a browser of their own. */
class MessagesTest extends BrowserTest {
    @Test
    void aLetterArrivesWhereTheConversationStandsOpen() {
        var ann = halden().student("Ann Letter");
        halden().join(ann, "counting-birds");
        var me = halden().as(ann, "GET", "/api/v1/me", null).text("id");
        var hers = open(ann, "/messages/counting-birds");
        hers.getByLabel("Your message").fill("Is there a *hide* at the lake?");
        hers.locator("#write button").click();
        assertThat(hers.locator(".letter")).containsText("Is there a hide at the lake?");

        var list = open(halden().owner, "/messages");
        assertThat(list.locator(".row").first()).containsText("Is there a hide");
        var theirs = open(halden().owner, "/messages/counting-birds/" + me);
        assertThat(theirs.locator(".letter")).containsText("Is there a hide");
        // Read there, it is marked here.
        assertThat(hers.locator(".letter-read")).containsText("read");
        theirs.getByLabel("Your message").fill("There is.");
        theirs.locator("#write button").click();
        assertThat(hers.locator(".letter").last()).containsText("There is.");
        assertThat(list.locator(".row").first()).containsText("There is.");
        assertThat(theirs.locator(".letter-read")).containsText("read");
        Accessible.everywhere(hers, "conversation-live");
        Accessible.everywhere(list, "conversations-live");
        list.navigate(halden().site() + "/studio/counting-birds/learners");
        settle(list);
        Accessible.everywhere(list, "learners-to-write-to");
    }

    /** A line of code that is longer than a telephone is wide, and more letters than it is high. */
    @Test
    void onATelephoneItOpensAtItsEndAndLongLinesScrollInTheirBubble() {
        var ida = halden().student("Ida Long");
        halden().join(ida, "counting-birds");
        var path = "/api/v1/courses/counting-birds/conversation";
        for (int i = 1; i <= 10; i++) {
            var words = "Letter " + i + "\n\n```\n" + "count(birds); ".repeat(12) + "\n```";
            halden().as(ida, "POST", path, java.util.Map.of("text", words));
        }
        var page = enter(context().newPage(), halden().site(), ida.email(), "/learn");
        page.setViewportSize(390, 844);
        page.navigate(halden().site() + "/messages");
        page.locator(".row-title").first().click();
        page.waitForURL("**/messages/counting-birds#latest");
        settle(page);
        assertThat(page.locator(".letter").last()).isInViewport();
        assertNarrow(page);
        page.navigate(halden().site() + "/messages/counting-birds");
        settle(page);
        assertThat(page.locator(".letter").last()).isInViewport();
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(java.nio.file.Path.of("target/screens/conversation-390.png")));
        page.getByLabel("Your message").fill("The last one");
        page.locator("#write button").click();
        assertThat(page.locator(".letter").last()).containsText("The last one");
        assertThat(page.locator(".letter").last()).isInViewport();
        assertNarrow(page);
    }

    private static void assertNarrow(Page page) {
        var wide = page.evaluate("() => document.documentElement.scrollWidth");
        org.assertj.core.api.Assertions.assertThat(((Number) wide).intValue()).isEqualTo(390);
    }

    private Page open(Someone who, String path) {
        var page = enter(context().newPage(), halden().site(), who.email(), path);
        page.waitForFunction(
                "() => performance.getEntriesByType('resource').some((call) =>"
                        + " new URL(call.name).pathname === location.pathname && call.responseEnd > 0)");
        return page;
    }
}
