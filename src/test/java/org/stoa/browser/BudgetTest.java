package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.AlphaComposite;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a first visit costs somebody on a slow line. */
class BudgetTest extends BrowserTest {
    private static final long MOST = 60 * 1024;
    private static final double SOON_MILLIS = 3_000;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    @Test
    void theFirstVisitToACourseIsLight() {
        weigh(halden().site() + "/courses/" + Halden.IOT);
    }

    @Test
    void soItIsWithAPhotographAsCover() throws Exception {
        copy(Halden.iot(), folder);
        ImageIO.write(photograph(1_600, 1_067), "jpg", folder.resolve("cover.jpg").toFile());
        Files.writeString(folder.resolve("course.yaml"), "title: Things\ncover: cover.jpg\n");
        var subdomain = "light" + Halden.word();
        var email = Halden.email("olga");
        var token = halden().found("Light", subdomain, "Olga Owner", email).text("token");
        var course = halden().bringIn(subdomain, token, Halden.zip(folder));
        var path = "/courses/" + course.at("/course/slug").asString();
        var released =
                halden().visitor
                        .call("POST", subdomain, "/api/v1" + path + "/releases", token, null);
        assertThat(released.status()).as(released.body()).isEqualTo(201);
        var address = "http://" + halden().visitor.host(subdomain) + path;
        weigh(address);
    }

    private void weigh(String address) {
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
        page.navigate(address);
        settle(page);
        page.waitForCondition(() -> parts.keySet().containsAll(names.values()));
        System.out.println("First visit: " + bytes + " bytes, " + parts);
        assertThat(bytes.get()).as("%s", parts).isBetween(10_000L, MOST);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** As much in it as in photographs: the finer, the fainter. */
    private static BufferedImage photograph(int width, int height) {
        var picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new Random(7);
        var to = picture.createGraphics();
        to.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        for (int cells = 3; cells <= width; cells *= 2) {
            var layer = new BufferedImage(cells, cells, BufferedImage.TYPE_INT_ARGB);
            for (int i = 0; i < cells * cells; i++) {
                layer.setRGB(
                        i % cells,
                        i / cells,
                        (cells == 3 ? 255 : 90) << 24 | random.nextInt(1 << 24));
            }
            to.setComposite(
                    AlphaComposite.SrcOver.derive(cells == 3 ? 1f : Math.min(1f, 6f / cells)));
            to.drawImage(layer, 0, 0, width, height, null);
        }
        to.dispose();
        return picture;
    }

    @Test
    void aCourseReadsWithoutScripts() {
        var page = context(options().setJavaScriptEnabled(false)).newPage();
        page.navigate(halden().site() + "/courses/" + Halden.IOT);
        assertThat(page.locator("h1")).hasText("Getting Started with IoT");
        assertThat(page.locator(".leaders li")).hasCount(23);
        assertThat(page.locator(".standing a")).isVisible();
    }

    /** The quickest of three counts: what else the machine does makes a page late, never soon. */
    @Test
    void aCourseIsReadableSoonOnASlowLine() {
        double soonest = Double.MAX_VALUE;
        for (int i = 0; i < 3 && soonest >= SOON_MILLIS; i++) {
            soonest = Math.min(soonest, readableOnASlowLine());
        }
        System.out.printf("Readable on slow 3G after %.0f ms%n", soonest);
        assertThat(soonest).isLessThan(SOON_MILLIS);
    }

    /**
     * When the largest text of a page is drawn, in milliseconds, on a slow 3G line as web
     * performance tools set it: 400 kbit a second, 400 ms to the server and back.
     */
    private double readableOnASlowLine() {
        var context = context();
        context.addInitScript(
                "new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.largest = entry.startTime; })"
                        + ".observe({ type: 'largest-contentful-paint', buffered: true })");
        var page = context.newPage();
        page.setViewportSize(NARROW, 844);
        var network = context.newCDPSession(page);
        network.send("Network.enable");
        var line = new com.google.gson.JsonObject();
        line.addProperty("offline", false);
        line.addProperty("latency", 400);
        line.addProperty("downloadThroughput", 400_000 / 8);
        line.addProperty("uploadThroughput", 400_000 / 8);
        network.send("Network.emulateNetworkConditions", line);
        page.navigate(halden().site() + "/courses/" + Halden.IOT);
        settle(page);
        page.waitForFunction("() => window.largest > 0");
        return ((Number) page.evaluate("() => window.largest")).doubleValue();
    }
}
