package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a first visit costs somebody on a slow line. */
class BudgetTest extends BrowserTest {
    private static final long MOST = 60 * 1024;

    @Test
    void theFirstVisitToACourseIsLight() {
        var context = context();
        var page = context.newPage();
        var network = context.newCDPSession(page);
        var bytes = new AtomicLong();
        network.send("Network.enable");
        var names = new ConcurrentHashMap<String, String>();
        var parts = new ConcurrentSkipListMap<String, Long>();
        network.on(
                "Network.responseReceived",
                event ->
                        names.put(
                                event.get("requestId").getAsString(),
                                event.getAsJsonObject("response").get("url").getAsString()));
        network.on(
                "Network.loadingFinished",
                event -> {
                    long length = event.get("encodedDataLength").getAsLong();
                    parts.merge(
                            names.getOrDefault(event.get("requestId").getAsString(), "?"),
                            length,
                            Long::sum);
                    bytes.addAndGet(length);
                });
        page.navigate(halden().site() + "/courses/" + Halden.IOT);
        settle(page);
        page.waitForCondition(() -> parts.keySet().containsAll(names.values()));
        assertThat(bytes.get()).as("%s", parts).isBetween(10_000L, MOST);
    }

    @Test
    void aCourseReadsWithoutScripts() {
        var page = context(options().setJavaScriptEnabled(false)).newPage();
        page.navigate(halden().site() + "/courses/" + Halden.IOT);
        assertThat(page.locator("h1")).hasText("Getting Started with IoT");
        assertThat(page.locator(".leaders li")).hasCount(23);
        assertThat(page.locator(".standing a")).isVisible();
    }
}
