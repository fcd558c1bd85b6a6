package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stoa.browser.EveryPageAccessibleTest.Sight;
import org.stoa.shared.PseudoLanguage;

/**
 * Every page in a language whose texts stand between marks, so that a word outside of them was
 * written into the page by hand; in Spanish on a phone; and from right to left, where nothing may
 * stand out beyond the screen. What people wrote themselves is marked by {@code dir="auto"}.
 */
class EveryTextSaidTest extends BrowserTest {
    /** The guide shows samples; the API's description is in English. */
    private static final Set<String> NOT_SAID = Set.of("styleguide", "api");

    private static final String UNSAID =
            """
            () => {
              const theirs = "script, style, noscript, svg, [dir=auto], bdi, .prose, kbd, code, pre, time, textarea, [lang]:not(html), .cover, .roman, .initial, .initials, .brand, td.path, .data, .affix";
              const word = /\\p{L}{2,}/u;
              const bad = [];
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              let depth = 0;
              while (walk.nextNode()) {
                const { parentElement, textContent } = walk.currentNode;
                if (parentElement.closest(theirs)) continue;
                let outside = "";
                for (const c of textContent) {
                  if (c === "⟦") depth++;
                  else if (c === "⟧") depth--;
                  else if (depth === 0) outside += c;
                }
                if (word.test(outside.replace(/\\bAPI\\b/, ""))) bad.push(outside.trim() + " in " + parentElement.outerHTML.slice(0, 120));
              }
              for (const element of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
                if (element.closest(".prose, [lang]:not(html), time, svg")) continue;
                for (const name of ["aria-label", "title", "placeholder", "alt"]) {
                  const value = element.getAttribute(name);
                  if (value && value !== "https://" && word.test(value) && !value.includes("⟦") && !element.closest("[dir=auto]")) bad.push(name + "=" + value);
                }
              }
              return bad;
            }
            """;

    @BeforeAll
    static void learn() {
        PseudoLanguage.learn();
    }

    @AfterAll
    static void forget() {
        PseudoLanguage.forget();
    }

    static Stream<Sight> sights() {
        return EveryPageAccessibleTest.sights();
    }

    @ParameterizedTest
    @MethodSource("sights")
    void everyTextIsSaid(Sight sight) {
        var page = EveryPageAccessibleTest.visitor(this, sight);
        open(sight, page, PseudoLanguage.MARKED, WIDE);
        if (!NOT_SAID.contains(sight.name())) {
            assertThat((List<?>) page.evaluate(UNSAID)).as(sight.name()).isEmpty();
        }
        open(sight, page, PseudoLanguage.TURNED, WIDE);
        assertThat(page.evaluate("document.documentElement.dir")).isEqualTo("rtl");
        fits(sight, page, "rtl-" + WIDE);
        page.setViewportSize(NARROW, 844);
        fits(sight, page, "rtl-" + NARROW);
        open(sight, page, "es", NARROW);
        fits(sight, page, "es-" + NARROW);
    }

    private void open(Sight sight, Page page, String language, int width) {
        var site = sight.platform() ? platform() : halden().site();
        var address = site + EveryPageAccessibleTest.path(this, sight);
        choose(page.context(), site, language);
        page.setViewportSize(width, width == WIDE ? 900 : 844);
        page.navigate(address);
        settle(page);
        if (language.equals(PseudoLanguage.MARKED)) {
            EveryPageAccessibleTest.prepare(sight, page);
        }
    }

    private static void choose(BrowserContext context, String site, String language) {
        context.addCookies(List.of(new Cookie("lang", language).setUrl(site)));
    }

    private static void fits(Sight sight, Page page, String as) {
        if (Approved.keepsAll()) {
            Approved.draw(page, true, Path.of("target/screens", sight.name() + "-" + as + ".png"));
        }
        Accessible.fits(page, sight.name());
    }
}
