package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stoa.browser.Halden.Someone;

/**
 * Every page, narrow and wide, light and dark: open to everybody by WCAG 2.2 AA as far as a program
 * can tell, never wider than the screen, nothing on the console. Pictures of all of them stand
 * under {@code target/screens} afterwards, to be looked at.
 */
class EveryPageAccessibleTest extends BrowserTest {
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final Map<String, String> SIGNED_IN = new HashMap<>();

    enum Who {
        NOBODY,
        BEGINNER,
        LEARNER,
        OWNER
    }

    /** A page and who looks at it. */
    record Sight(String name, boolean platform, Who who, String path) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Sight> sights() {
        var player = "/learn/" + Halden.IOT;
        return Stream.of(
                new Sight("welcome", true, Who.NOBODY, "/"),
                new Sight("start", true, Who.NOBODY, "/start"),
                new Sight("platform-sign-in", true, Who.NOBODY, "/sign-in"),
                new Sight("schools", true, Who.OWNER, "/schools"),
                new Sight("catalog", false, Who.NOBODY, "/courses"),
                new Sight("catalog-learner", false, Who.LEARNER, "/courses"),
                new Sight("catalog-filtered", false, Who.NOBODY, "/courses?q=rope"),
                new Sight("catalog-search", false, Who.NOBODY, "/courses"),
                new Sight("course", false, Who.NOBODY, "/courses/" + Halden.IOT),
                new Sight("course-learner", false, Who.LEARNER, "/courses/" + Halden.IOT),
                new Sight("join", false, Who.BEGINNER, "/courses/knots/join"),
                new Sight("player", false, Who.LEARNER, player),
                new Sight("player-first", false, Who.LEARNER, player + "/introduction-to-iot"),
                new Sight("player-small", false, Who.LEARNER, "/learn/counting-birds"),
                new Sight("learning", false, Who.LEARNER, "/learn"),
                new Sight("learning-empty", false, Who.BEGINNER, "/learn"),
                new Sight("sign-in", false, Who.NOBODY, "/sign-in"),
                new Sight("sign-up", false, Who.NOBODY, "/sign-up"),
                new Sight("account", false, Who.OWNER, "/account"),
                new Sight("studio", false, Who.OWNER, "/studio"),
                new Sight("import", false, Who.OWNER, "/studio/import"),
                new Sight("imported", false, Who.OWNER, "/studio/import"),
                new Sight("draft", false, Who.OWNER, "/studio/" + Halden.IOT),
                new Sight("new-course", false, Who.OWNER, "/studio/new"),
                new Sight("lesson-editor", false, Who.OWNER, "/studio/knots/lessons/LESSON"),
                new Sight(
                        "versions",
                        false,
                        Who.OWNER,
                        "/studio/knots/lessons/LESSON/versions?version=1"),
                new Sight("members", false, Who.OWNER, "/admin/members"),
                new Sight("settings", false, Who.OWNER, "/admin/school"),
                new Sight("leave", false, Who.LEARNER, "/courses/knots/leave"),
                new Sight(
                        "sign-up-to-join", false, Who.NOBODY, "/sign-up?next=/courses/knots/join"),
                new Sight("api", false, Who.OWNER, "/api"),
                new Sight("styleguide", false, Who.NOBODY, "/styleguide"),
                new Sight("nothing-here", false, Who.NOBODY, "/courses/nothing-here"));
    }

    private static final Pattern WHO_AM_I = Pattern.compile("^GET\\s*/api/v1/me(?![/a-z])");

    @ParameterizedTest
    @MethodSource("sights")
    void isOpenToEverybody(Sight sight) {
        var page = visitor(sight);
        for (int width : new int[] {WIDE, NARROW}) {
            page.setViewportSize(width, width == WIDE ? 900 : 844);
            page.navigate((sight.platform() ? platform() : halden().site()) + path(sight));
            settle(page);
            prepare(sight, page);
            for (var theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                page.emulateMedia(new EmulateMediaOptions().setColorScheme(theme));
                look(sight, page, width, theme.name().toLowerCase(java.util.Locale.ROOT));
            }
            page.emulateMedia(new EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
    }

    private String path(Sight sight) {
        return sight.path().contains("LESSON")
                ? sight.path().replace("LESSON", halden().lessons("knots").getFirst())
                : sight.path();
    }

    private static void prepare(Sight sight, Page page) {
        switch (sight.name()) {
            case "lesson-editor" -> assertThat(page.locator("[data-preview] table")).isAttached();
            case "catalog-search" -> {
                page.keyboard().press("/");
                page.keyboard().type("lighthous");
                assertThat(page.locator("[role=option]").first()).isVisible();
            }
            case "start" -> {
                page.getByLabel("Name of the school").fill("Music School");
                assertThat(page.locator("[data-proposal]")).isVisible();
            }
            case "imported" -> {
                page.getByLabel("The zip")
                        .setInputFiles(
                                new FilePayload(
                                        "iot.zip", "application/zip", Halden.zip(Halden.iot())));
                page.getByText("Bring it in").click();
                assertThat(page.locator("h1")).hasText("Getting Started with IoT");
            }
            case "api" -> {
                var call =
                        page.locator("details.call")
                                .filter(new Locator.FilterOptions().setHasText(WHO_AM_I));
                call.locator("summary").click();
                call.locator("form button").click();
                assertThat(call.locator("[role=status]")).containsText("200");
            }
            default -> {}
        }
    }

    private static void look(Sight sight, Page page, int width, String theme) {
        var as = sight.name() + "-" + width + "-" + theme;
        page.screenshot(
                new ScreenshotOptions()
                        .setFullPage(!sight.name().equals("catalog-search"))
                        .setPath(Path.of("target/screens", as + ".png")));
        var overflow =
                page.evaluate(
                        "document.documentElement.scrollWidth"
                                + " - document.documentElement.clientWidth");
        assertThat(overflow).as("%s is wider than the screen by", as).isEqualTo(0);
        var wrong = new AxeBuilder(page).withTags(RULES).setLegacyMode(true).analyze();
        assertThat(wrong.getViolations())
                .as(as)
                .extracting(rule ->
                        rule.getId()
                                + ": "
                                + rule.getNodes().stream()
                                        .limit(3)
                                        .map(n -> n.getHtml() + " " + n.getFailureSummary())
                                        .toList())
                .isEmpty();
    }

    private Page visitor(Sight sight) {
        if (sight.who() == Who.NOBODY) {
            return context().newPage();
        }
        var key = sight.who() + (sight.platform() ? " at the platform" : "");
        var kept = SIGNED_IN.get(key);
        if (kept != null) {
            return context(options().setStorageState(kept)).newPage();
        }
        var context = context();
        var person = person(sight.who());
        if (sight.platform()) {
            var page = context.newPage();
            page.navigate(platform() + "/sign-in");
            page.getByLabel("E-mail").fill(person.email());
            page.getByLabel("Password").fill(Halden.PASSWORD);
            page.locator("main button").click();
            page.waitForURL("**/schools");
        } else {
            signIn(context, person);
        }
        SIGNED_IN.put(key, context.storageState());
        return context.pages().getFirst();
    }

    private Someone person(Who who) {
        return switch (who) {
            case OWNER -> halden().owner;
            case LEARNER -> {
                var person = halden().student("Tove Lind");
                for (var course :
                        List.of("knots", "a-first-herbarium", "counting-birds", Halden.IOT)) {
                    halden().join(person, course);
                }
                halden().learn(person, "knots", 3);
                halden().learn(person, "counting-birds", 2);
                halden().learn(person, Halden.IOT, 6);
                yield person;
            }
            default -> halden().student("Bo Beginner");
        };
    }
}
