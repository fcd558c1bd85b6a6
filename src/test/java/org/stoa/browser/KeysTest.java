package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** A reader who never touches the mouse. */
class KeysTest extends BrowserTest {
    private static final String RING =
            """
            () => {
              const on = document.activeElement;
              // A field within a frame of its own shows the ring around the frame.
              return on !== document.body && on.matches(":focus-visible") &&
                [on, on.parentElement].map((one) => getComputedStyle(one)).some((style) =>
                  style.outlineStyle !== "none" || style.boxShadow !== "none");
            }
            """;

    @Test
    void aLessonIsReadAndDoneByKeys() {
        var person = halden().student("Kai Keys");
        halden().join(person, Shelves.SMALL);
        var page = signIn(context(), person);
        page.navigate(halden().site() + "/learn/" + Shelves.SMALL);
        settle(page);
        place(page, 1);
        page.keyboard().press("j");
        place(page, 2);
        page.keyboard().press("k");
        place(page, 1);
        page.keyboard().press("d");
        place(page, 2);
        assertThat(page.locator("a.step.is-done")).hasCount(1);
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#keys")).isHidden();
        page.keyboard().press("/");
        assertThat(page.locator("search-box input")).isFocused();
        page.keyboard().type("birds");
        assertThat(page.locator(".search-results [role=option]").first()).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator(".search-results")).isHidden();
    }

    @Test
    void theFocusIsSeenWhereverItGoes() {
        var page = context().newPage();
        page.navigate(halden().site() + "/courses");
        settle(page);
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        assertThat(page.locator(".skip")).isInViewport();
        for (int i = 0; i < 12; i++) {
            assertThat((Boolean) page.evaluate(RING))
                    .as("after %d tabs: %s", i, page.evaluate("document.activeElement.outerHTML"))
                    .isTrue();
            page.keyboard().press("Tab");
        }
    }

    @Test
    void aMenuIsOpenedWalkedAndClosedByKeys() {
        var page = signIn(context(), halden().student("Mei Menu"));
        settle(page);
        var summary = page.locator(".menu summary");
        var list = page.locator(".menu-list");
        summary.focus();
        page.keyboard().press("Enter");
        assertThat(list).isVisible();
        page.keyboard().press("Tab");
        assertThat(list.getByText("Catalog")).isFocused();
        assertThat((Boolean) page.evaluate(RING)).isTrue();
        page.keyboard().press("Escape");
        assertThat(list).isHidden();
        assertThat(summary).isFocused();
        page.keyboard().press("Space");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        page.waitForURL("**/courses");
    }

    private static void place(Page page, int lesson) {
        assertThat(page.locator(".player-place")).hasText("Lesson " + lesson + " of 3");
        settle(page);
    }
}
