package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds what a page shows against WCAG 2.2 AA, as far as axe-core knows it. */
final class Accessible {
    private static final Map<String, Object> ALL =
            Map.of(
                    "type",
                    "tag",
                    "values",
                    List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"));
    private static final Map<String, Object> COLOURS =
            Map.of("type", "rule", "values", List.of("color-contrast"));
    private static final String RUN =
            """
            async (runOnly) => {
              const found = await axe.run(document, { runOnly, resultTypes: ["violations"] });
              return found.violations.map((rule) => rule.id + ": "
                + rule.nodes.slice(0, 3).map((at) => at.html + " " + at.failureSummary).join("; "));
            }
            """;

    private Accessible() {}

    static void entirely(Page page, String as) {
        run(page, ALL, as);
    }

    /** For the dark page, which is the same one in other colours. */
    static void inItsColours(Page page, String as) {
        run(page, COLOURS, as);
    }

    /** In both themes and on both screens, on neither of which anything stands out of it. */
    static void everywhere(Page page, String name) {
        for (var width : List.of(BrowserTest.WIDE, BrowserTest.NARROW)) {
            page.setViewportSize(width, 900);
            for (var theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new EmulateMediaOptions().setColorScheme(theme));
                var as = "%s-%d-%s".formatted(name, width, theme.name().toLowerCase(Locale.ROOT));
                if (Approved.keepsAll()) {
                    Approved.draw(page, true, Path.of("target/screens", as + ".png"));
                }
                inTheme(page, theme, as);
            }
        }
        page.setViewportSize(BrowserTest.WIDE, 900);
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    /** Nothing stands out of it, and it holds what it is to hold in a light or a dark theme. */
    static void inTheme(Page page, ColorScheme theme, String as) {
        fits(page, as);
        if (theme == ColorScheme.DARK) {
            inItsColours(page, as);
        } else {
            entirely(page, as);
        }
    }

    static void fits(Page page, String as) {
        var over =
                page.evaluate(
                        "document.documentElement.scrollWidth"
                                + " - document.documentElement.clientWidth");
        assertThat(over).as("%s is wider than the screen by", as).isEqualTo(0);
    }

    private static void run(Page page, Map<String, Object> rules, String as) {
        if (page.evaluate("'axe' in window").equals(false)) {
            page.evaluate(AxeBuilder.getAxeScript());
        }
        assertThat((List<?>) page.evaluate(RUN, rules)).as(as).isEmpty();
    }
}
