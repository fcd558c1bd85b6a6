package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.WaitForFunctionOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private static final int LIMIT = 120_000;
    private static final String SETTLED =
            """
            () => document.readyState === "complete" && document.fonts.status === "loaded" &&
              [...document.querySelectorAll("[data-fragment]")].every((place) =>
                performance.getEntriesByName(new URL(place.dataset.fragment, location).href)
                  .some((call) => call.responseEnd > 0))
            """;

    /** Unless told otherwise it looks at each frame, and has the browser draw one for it. */
    private static final WaitForFunctionOptions NOW_AND_THEN =
            new WaitForFunctionOptions().setPollingInterval(50);

    @LocalServerPort int port;
    private final List<Complaint> complaints = new ArrayList<>();
    private final Set<String> visited = new HashSet<>();
    private final List<String> expected = new ArrayList<>();
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
        var context = unheard(options);
        context.onPage(page -> page.onFrameNavigated(frame -> visited.add(frame.url())));
        context.onConsoleMessage(this::heard);
        context.onWebError(error -> failed(error.error()));
        return context;
    }

    /** A context whose pages may complain, as those do that a test writes by itself. */
    BrowserContext unheard(NewContextOptions options) {
        var context = Chromium.browser().newContext(options);
        contexts.add(context);
        context.setDefaultTimeout(LIMIT);
        PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT);
        return context;
    }

    /** Until then a page may know more than the next one that is asked for. */
    static void marksAreSent(Page page) {
        page.waitForFunction(
                "() => localStorage.getItem('stoa.outbox') === null", null, NOW_AND_THEN);
    }

    /** What this test provokes: a complaint that holds one of these words is none. */
    void mayComplain(String... words) {
        expected.addAll(List.of(words));
    }

    private void failed(String error) {
        // The browser gives a transition up when the next page was sooner; nothing is amiss.
        if (!error.contains("Transition was aborted")
                && !error.contains("Transition was skipped")) {
            complaints.add(new Complaint("", error));
        }
    }

    private record Complaint(String address, String text) {}

    private void heard(ConsoleMessage message) {
        if (message.type().equals("error")) {
            var address = message.location().replaceFirst(":\\d+:\\d+$", "");
            complaints.add(new Complaint(address, message.text()));
        }
    }

    /** Signs in at the school by its form, to what they learn. */
    Page signIn(BrowserContext context, Someone person) {
        return enter(context.newPage(), halden().site(), person.email(), "/learn");
    }

    /** Signs in at a site by its form, to the page of it that is wanted. */
    static Page enter(Page page, String site, String email, String path) {
        page.navigate(site + "/sign-in?next=" + path);
        page.getByLabel("E-mail").fill(email);
        page.getByLabel("Password").fill(Halden.PASSWORD);
        page.locator("main button").click();
        page.waitForURL(site + path);
        return page;
    }

    /** Waits until a page is drawn, with the parts that are its reader's own. */
    static void settle(Page page) {
        page.waitForFunction(SETTLED, null, NOW_AND_THEN);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        contexts.forEach(BrowserContext::close);
        complaints.removeIf(it -> expected.stream().anyMatch(it.toString()::contains));
        // A page that is itself an answer in the 400s is named on the console, as it should be.
        complaints.removeIf(it ->
                it.text().startsWith("Failed to load resource") && visited.contains(it.address()));
        assertThat(complaints).as("errors on the console").isEmpty();
    }
}
