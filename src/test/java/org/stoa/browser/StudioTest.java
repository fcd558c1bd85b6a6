package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A teacher's evening: a course made, written, shaped and never lost. */
class StudioTest extends BrowserTest {
    private static final Pattern SAVED = Pattern.compile("Saved at \\d\\d:\\d\\d");

    private String site = "";

    @Test
    void aCourseIsMadeAndALessonWrittenAsItIsTyped() {
        var page = course("Knots for Sailors");
        open(page, "The bowline");
        assertThat(page.locator("[data-state]")).containsText("Saved");
        var area = page.locator("textarea");
        area.click();
        page.keyboard().type("A loop that ");
        page.keyboard().press("Control+b");
        page.keyboard().type("holds");
        assertThat(page.locator("[data-preview] strong")).hasText("holds");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");
        page.keyboard().type(".\n\n- rope\npatience");
        assertThat(page.locator("[data-state]")).containsText(SAVED);
        assertThat(page.locator("[data-preview] li")).hasCount(2);
        assertThat(page.locator("[data-words]")).hasText("6 words");
        page.reload();
        assertThat(area).hasValue("A loop that **holds**.\n\n- rope\n- patience");
        page.locator(".writing-title").fill("The bowline, once and for all");
        page.keyboard().press("Control+s");
        assertThat(page.locator("[data-state]")).containsText(SAVED);

        page.getByText("Versions").click();
        assertThat(page.locator("h1")).containsText("once and for all");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Version 1")).click();
        assertThat(page.locator(".changes:not(.is-title)")).containsText("A loop that");
        page.getByText("Bring this back").click();
        assertThat(area).hasValue("");
        assertThat(page.locator(".notice")).containsText("The earlier version is back.");
    }

    @Test
    void lessonsAreMovedByKeyAndByHandThrownAwayAndTakenOutAgain() {
        var page = course("Rope Work");
        assertThat(titles(page)).isEqualTo(List.of("The bowline", "The reef knot", "The splice"));
        page.locator("[data-lesson] > a").first().focus();
        page.keyboard().press("Alt+ArrowDown");
        said(page, "Moved to 1.2.");
        assertThat(titles(page)).isEqualTo(List.of("The reef knot", "The bowline", "The splice"));
        page.keyboard().press("Alt+ArrowDown");
        said(page, "Moved to 2.1.");
        assertThat(page.locator(":focus")).hasText("The bowline");
        page.reload();
        assertThat(titles(page)).isEqualTo(List.of("The reef knot", "The bowline", "The splice"));
        assertThat(page.locator(".module-facts").last()).containsText("2 lessons");

        drag(page, lesson(page, "The splice"), lesson(page, "The reef knot"));
        said(page, "Moved to 1.1.");
        page.reload();
        assertThat(titles(page)).isEqualTo(List.of("The splice", "The reef knot", "The bowline"));
        drag(page, page.locator("[data-module]").last(), page.locator("[data-module]").first());
        said(page, "Module moved.");
        page.reload();
        assertThat(titles(page)).isEqualTo(List.of("The bowline", "The splice", "The reef knot"));

        page.getByLabel("Select The splice").check();
        page.getByLabel("Select The reef knot").check();
        assertThat(page.locator("[data-selected]")).hasText("2 selected");
        page.locator(".plan-bulk").getByText("To the bin").click();
        assertThat(page.locator("[data-lesson]")).hasCount(1);
        page.locator(".plan-bin summary").click();
        page.getByLabel("Take out again: The splice").click();
        assertThat(page.locator("[data-lesson]")).hasCount(2);

        var name = page.getByLabel("Title of module 1");
        name.fill("Splices");
        name.press("Enter");
        said(page, "The module is called Splices now.");
        lesson(page, "The splice").locator("summary").click();
        lesson(page, "The splice").getByText("Duplicate").click();
        assertThat(page.locator("[data-lesson] > a"))
                .containsText(new String[] {"The bowline", "The splice", "The splice (copy)"});
        assertThat(page.getByLabel("Title of module 1")).hasValue("Splices");
    }

    @Test
    void whereTwoWriteBothTextsAreShown() {
        var page = course("Two Hands");
        open(page, "The bowline");
        var other = page.context().newPage();
        other.navigate(page.url());
        settle(other);
        other.locator("textarea").fill("The first hand wrote this.");
        assertThat(other.locator("[data-state]")).containsText(SAVED);
        page.bringToFront();
        page.locator("textarea").fill("The second hand wrote that.");
        assertThat(page.locator(".two-texts")).containsText("The first hand wrote this.");
        assertThat(page.locator(".two-texts")).containsText("The second hand wrote that.");
        page.getByText("Keep mine").click();
        assertThat(page.locator("[data-state]")).containsText(SAVED);

        other.bringToFront();
        other.locator("textarea").fill("The first hand insists.");
        assertThat(other.locator(".two-texts")).containsText("The second hand wrote that.");
        other.getByText("Take theirs").click();
        assertThat(other.locator("textarea")).hasValue("The second hand wrote that.");
        assertThat(other.locator(".two-texts")).hasCount(0);
        other.reload();
        assertThat(other.locator("textarea")).hasValue("The second hand wrote that.");
        mayComplain("409");
    }

    @Test
    void whatIsTypedOnABrokenLineOutlivesAReload() {
        var page = course("Storm");
        open(page, "The bowline");
        page.context().route("**/api/v1/courses/*/lessons/*", Route::abort);
        page.locator("textarea").fill("Typed in a tunnel.");
        assertThat(page.locator("[data-state]"))
                .containsText("Not saved: no connection, kept on this device");
        page.reload();
        assertThat(page.locator("textarea")).hasValue("Typed in a tunnel.");
        assertThat(page.locator(".notice")).containsText("It is back.");
        page.context().unroute("**/api/v1/courses/*/lessons/*");
        assertThat(page.locator("[data-state]")).containsText(SAVED);
        page.reload();
        assertThat(page.locator("textarea")).hasValue("Typed in a tunnel.");
        assertThat(page.locator(".notice")).hasCount(0);
        mayComplain("ERR_FAILED");
    }

    @Test
    void aCourseIsMadeAndWrittenWithoutScripts() {
        var context = context(options().setJavaScriptEnabled(false));
        var page = course(context, "Plain");
        lesson(page, "The splice").locator("summary").click();
        lesson(page, "The splice").getByText("Move up").click();
        assertThat(titles(page)).isEqualTo(List.of("The bowline", "The reef knot", "The splice"));
        assertThat(page.locator(".module-facts").first()).containsText("3 lessons");
        open(page, "The splice");
        page.locator("textarea").fill("By a form.");
        var late = context.newPage();
        late.navigate(page.url());
        page.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("textarea")).hasValue("By a form.");
        late.locator("textarea").fill("By another form.");
        late.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(late.locator("h1")).containsText("Two texts");
        assertThat(late.locator("pre.raw")).hasText("By a form.");
        late.getByText("Keep mine").click();
        assertThat(late.locator("textarea")).hasValue("By another form.");
    }

    @Test
    void anyTwoVersionsAreHeldAgainstEachOther() {
        var page = course(context(options().setJavaScriptEnabled(false)), "Compared");
        open(page, "The splice");
        for (var text : List.of("One rope.", "Two ropes.", "Three ropes.")) {
            page.locator(".writing-title").fill("On " + text);
            page.locator("textarea").fill(text);
            page.getByText("Save", new Page.GetByTextOptions().setExact(true)).click();
        }
        page.getByText("Versions").click();
        page.getByLabel("From").selectOption("3");
        page.getByLabel("To", new Page.GetByLabelOptions().setExact(true)).selectOption("2");
        page.getByText("Compare", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".versions-text h2")).hasText("From version 2 to version 3");
        assertThat(page.locator(".changes .is-gone"))
                .hasText(new String[] {"On One rope.", "One rope."});
        assertThat(page.locator(".changes .is-new"))
                .hasText(new String[] {"On Two ropes.", "Two ropes."});
        assertThat(page.getByText("Bring this back")).hasCount(0);
        for (int width : new int[] {1280, 390}) {
            page.setViewportSize(width, 900);
            page.screenshot(
                    new Page.ScreenshotOptions()
                            .setPath(
                                    java.nio.file.Path.of(
                                            "target/screens/versions-two-" + width + ".png")));
        }
        page.navigate(page.url().replaceAll("with=.*", "with=99"));
        assertThat(page.locator("main")).containsText("no such version");
    }

    @Test
    void aHiddenLessonIsMarkedAndNotOfferedToLearners() {
        var page = course("Hidden Things");
        lesson(page, "The splice").locator("summary").click();
        lesson(page, "The splice").getByText("When it opens").click();
        page.locator("[name=hidden]").check();
        page.getByText("Save the rules").click();
        page.navigate(site + "/studio/hidden-things");
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(java.nio.file.Path.of("target/screens/hidden-outline.png")));
        open(page, "The splice");
        assertThat(page.locator("[data-lesson]").last()).containsText("hidden");
        assertThat(page.locator(".writing-bar")).containsText("learners do not get it");
        assertThat(page.getByText("Read as a learner")).hasCount(0);
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(java.nio.file.Path.of("target/screens/hidden-lesson.png")));
    }

    private Page course(String title) {
        return course(context(), title);
    }

    /** Two modules of three lessons, made by their forms. */
    private Page course(BrowserContext context, String title) {
        var email = Halden.email("olga");
        var school = halden().found("Atelier", "studio" + Halden.word(), "Olga Owner", email);
        site = "http://" + halden().visitor.host(school.text("subdomain"));
        var page = enter(context.newPage(), site, email, "/studio");
        page.getByText("New course…").click();
        page.getByLabel("Course title").fill(title);
        page.getByText("Begin the course").click();
        assertThat(page.locator("h1")).hasText(title);
        add(page, "New module", "Loops");
        add(page, "New module", "Ends");
        add(page, "New lesson in Loops", "The bowline");
        add(page, "New lesson in Loops", "The reef knot");
        add(page, "New lesson in Ends", "The splice");
        assertThat(page.locator("[data-lesson]")).hasCount(3);
        return page;
    }

    private static void add(Page page, String field, String title) {
        var input = page.getByLabel(field, new Page.GetByLabelOptions().setExact(true));
        input.fill(title);
        input.press("Enter");
        if (field.equals("New module")) {
            assertThat(page.getByLabel("New lesson in " + title)).isVisible();
        } else {
            assertThat(page.getByLabel("Select " + title)).isVisible();
        }
    }

    private static void open(Page page, String title) {
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(title).setExact(true)).click();
        assertThat(page.locator(".writing-title")).hasValue(title);
        settle(page);
    }

    private static List<String> titles(Page page) {
        return page.locator("[data-lesson] > a").allTextContents();
    }

    private static Locator lesson(Page page, String title) {
        return page.locator("[data-lesson]")
                .filter(
                        new Locator.FilterOptions()
                                .setHas(
                                        page.getByRole(
                                                AriaRole.LINK,
                                                new GetByRoleOptions()
                                                        .setName(title)
                                                        .setExact(true))));
    }

    private static void said(Page page, String words) {
        assertThat(page.locator("[data-said]")).hasText(words);
    }

    /** By the dots at its beginning, to above another. */
    private static void drag(Page page, Locator what, Locator above) {
        settle(page);
        var grip = what.locator(".grip").first();
        assertThat(grip).isVisible();
        grip.hover();
        var to = above.boundingBox();
        // Taken now: while it is dragged there are two of it.
        var both = List.of(what.elementHandle(), above.elementHandle());
        var from = grip.boundingBox();
        page.mouse().down();
        page.mouse().move(from.x + 8, from.y);
        for (int i = 1; i <= 12; i++) {
            double share = i / 12.0;
            page.mouse()
                    .move(
                            from.x + 8 + share * (to.x + 20 - from.x - 8),
                            from.y + share * (to.y + 4 - from.y));
        }
        // What is dragged makes room for itself some moments after the hand.
        page.waitForFunction("([what, above]) => what.compareDocumentPosition(above) & 4", both);
        page.mouse().up();
    }
}
