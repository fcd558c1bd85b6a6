package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.browser.Halden.Someone;
import org.stoa.testing.StoaTest;

/**
 * A test in the browser. Every context of it is closed at its end, and no page may have complained
 * on its console.
 */
@StoaTest
@DisabledIfSystemProperty(named = "stoa.shared.data", matches = "absent")
abstract class BrowserTest {
    static final int WIDE = 1280;
    static final int NARROW = 390;
    private static final int LIMIT = 15_000;
    private static final String SETTLED =
            """
            () => document.readyState === "complete" && document.fonts.status === "loaded" &&
              [...document.querySelectorAll("[data-fragment]")].every((place) =>
                performance.getEntriesByName(new URL(place.dataset.fragment, location).href)
                  .some((call) => call.responseEnd > 0))
            """;

    @LocalServerPort int port;
    final List<String> complaints = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();

    Halden halden() {
        return Halden.at(port);
    }

    String platform() {
        return "http://localhost:" + port;
    }

    BrowserContext context() {
        return context(options());
    }

    static NewContextOptions options() {
        return new NewContextOptions()
                .setViewportSize(WIDE, 900)
                .setLocale("en-GB")
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    BrowserContext context(NewContextOptions options) {
        var context = Chromium.browser().newContext(options);
        contexts.add(context);
        context.setDefaultTimeout(LIMIT);
        context.onConsoleMessage(this::heard);
        context.onWebError(error -> failed(error.error()));
        return context;
    }

    private void failed(String error) {
        // The browser gives a transition up when the next page was sooner; nothing is amiss.
        if (!error.contains("Transition was aborted")
                && !error.contains("Transition was skipped")) {
            complaints.add(error);
        }
    }

    private void heard(ConsoleMessage message) {
        // A page that is itself an answer in the 400s is named on the console, as it should be.
        var own =
                message.page() != null
                        && message.text().startsWith("Failed to load resource")
                        && message.location().startsWith(message.page().url());
        if (message.type().equals("error") && !own) {
            complaints.add(message.location() + " " + message.text());
        }
    }

    /** Signs in at the school by its form, to where that leads. */
    Page signIn(BrowserContext context, Someone person) {
        var page = context.newPage();
        page.navigate(halden().site() + "/sign-in?next=/learn");
        page.getByLabel("E-mail").fill(person.email());
        page.getByLabel("Password").fill(Halden.PASSWORD);
        page.locator("main button").click();
        page.waitForURL("**/learn");
        return page;
    }

    /** Waits until a page is drawn, with the parts that are its reader's own. */
    static void settle(Page page) {
        page.waitForFunction(SETTLED);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        contexts.forEach(BrowserContext::close);
        assertThat(complaints).as("errors on the console").isEmpty();
    }
}
