package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Route;
import org.junit.jupiter.api.Test;

/** What is done without a line is not lost. */
class OfflineTest extends BrowserTest {
    private static final String FIRST = "/learn/" + Shelves.SMALL;

    @Test
    void whatIsDoneOfflineIsSentWhenTheLineIsBack() {
        var person = halden().student("Nora Boat");
        halden().join(person, Shelves.SMALL);
        var context = context();
        var page = signIn(context, person);
        page.navigate(halden().site() + FIRST);
        settle(page);
        context.setOffline(true);
        page.locator("[data-done]").click();
        assertThat(page.locator("#toasts")).containsText("No connection");
        assertThat(page.locator("a.step.is-done")).hasCount(1);
        assertThat(halden().completed(person, Shelves.SMALL)).isZero();
        context.setOffline(false);
        assertThat(page.locator("#toasts")).containsText("kept now");
        assertThat(halden().completed(person, Shelves.SMALL)).isEqualTo(1);
        marksAreSent(page);
        mayComplain("ERR_INTERNET_DISCONNECTED");
    }

    @Test
    void whatIsDoneOnABrokenLineOutlivesAReload() {
        var person = halden().student("Nils Ferry");
        halden().join(person, Shelves.SMALL);
        var context = context();
        var page = signIn(context, person);
        page.navigate(halden().site() + FIRST);
        settle(page);
        context.route("**/api/v1/me/**", Route::abort);
        page.locator("[data-done]").click();
        assertThat(page.locator("#toasts")).containsText("kept here");
        page.reload();
        settle(page);
        assertThat(halden().completed(person, Shelves.SMALL)).isZero();
        context.unroute("**/api/v1/me/**");
        page.reload();
        await().until(() -> halden().completed(person, Shelves.SMALL) == 1);
        marksAreSent(page);
        mayComplain("ERR_FAILED");
    }

    @Test
    void aPageThatWasMadeBeforeAMarkWasKeptCountsIt() {
        var person = halden().student("Nell Quay");
        halden().join(person, Shelves.SMALL);
        var context = context();
        var page = signIn(context, person);
        page.navigate(halden().site() + FIRST);
        settle(page);
        context.route("**/api/v1/me/lessons/**", Route::abort);
        page.locator("[data-done]").click();
        assertThat(page.locator("#toasts")).containsText("kept here");
        page.navigate(halden().site() + "/learn");
        assertThat(page.locator(".go-on-meter")).containsText("1 of");
        mayComplain("ERR_FAILED");
    }
}
