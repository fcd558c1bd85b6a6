package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A lesson asked for when the pointer came near its link is there when it is clicked. */
class AheadTest extends BrowserTest {
    private static final String NEXT = "/learn/knots/look-with-rope";

    /** What came over the line, and not from what the browser keeps. */
    private static List<String> asked(Page page) {
        var asked = new CopyOnWriteArrayList<String>();
        var network = page.context().newCDPSession(page);
        network.send("Network.enable");
        network.on(
                "Network.responseReceived",
                event -> {
                    var response = event.getAsJsonObject("response");
                    if (!kept(response)) {
                        asked.add(response.get("url").getAsString());
                    }
                });
        return asked;
    }

    private static boolean kept(JsonObject response) {
        return response.get("fromDiskCache").getAsBoolean()
                || response.get("fromPrefetchCache").getAsBoolean();
    }

    private Page learner(String name) {
        var person = halden().student(name);
        halden().join(person, Shelves.SMALL);
        var page = signIn(context(), person);
        page.navigate(halden().site() + "/learn/knots/begin-with-rope");
        settle(page);
        return page;
    }

    private static void hover(Page page) {
        page.waitForResponse(
                response -> response.url().endsWith(NEXT),
                () -> page.locator("a[rel=next]").hover());
    }

    private static long count(List<String> asked) {
        return asked.stream().filter(address -> address.endsWith(NEXT)).count();
    }

    @Test
    void theClickAfterAHoverAsksForNothingAgain() {
        var page = learner("Hana Hover");
        var asked = asked(page);
        hover(page);
        page.locator("a[rel=next]").click();
        assertThat(page.locator(".player-place")).hasText("Lesson 2 of 3");
        settle(page);
        assertThat(count(asked)).as("%s", asked).isEqualTo(1);
    }

    @Test
    void whatWasFinishedInBetweenIsSeen() {
        var page = learner("Finn Finisher");
        hover(page);
        page.locator("[data-done]").click();
        assertThat(page.locator(".player-place")).hasText("Lesson 2 of 3");
        assertThat(page.locator(".player-count .meter-words")).hasText("1 of 3");
        assertThat(page.locator("a.step.is-done")).hasCount(1);
    }

    @Test
    void nobodySeesItAfterSigningOut() {
        var page = learner("Saga Signout");
        hover(page);
        page.locator("a[rel=next]").click();
        assertThat(page.locator(".player-place")).hasText("Lesson 2 of 3");
        settle(page);
        page.locator(".menu summary").click();
        page.getByText("Sign out").click();
        page.waitForURL("**/courses");
        page.goBack();
        assertThat(page.locator("h1")).hasText("Sign in");
        page.navigate(halden().site() + NEXT);
        assertThat(page.locator("h1")).hasText("Sign in");
    }
}
