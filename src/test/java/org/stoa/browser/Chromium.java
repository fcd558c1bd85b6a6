package org.stoa.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/** The one browser of a test run. It ends with the run. */
final class Chromium {
    private static final List<String> PLACES =
            List.of(
                    // Without a window that nobody sees: half of the work.
                    "/usr/bin/chromium-headless-shell",
                    "/usr/bin/chromium",
                    "/usr/bin/chromium-browser",
                    "/usr/bin/google-chrome",
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                    "/Applications/Chromium.app/Contents/MacOS/Chromium");
    private static final Browser BROWSER = launch();

    private Chromium() {}

    static Browser browser() {
        return BROWSER;
    }

    private static Browser launch() {
        // The system's own browser is used; nothing is fetched behind anybody's back.
        var environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        return Playwright.create(new CreateOptions().setEnv(environment))
                .chromium()
                .launch(
                        new LaunchOptions()
                                .setExecutablePath(program())
                                .setArgs(
                                        List.of(
                                                "--no-sandbox", // the tests also run as root
                                                "--disable-gpu",
                                                // Letters stand where a screen's would.
                                                "--font-render-hinting=none",
                                                "--disable-background-networking",
                                                "--disable-component-update",
                                                "--disable-sync",
                                                "--no-first-run",
                                                "--disable-quic")));
    }

    static Path program() {
        return Stream.concat(
                        Stream.ofNullable(System.getProperty("stoa.chromium")), PLACES.stream())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "The browser tests need Chromium: apt-get install chromium,"
                                        + " or name it by -Dstoa.chromium=PATH"));
    }
}
