package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stoa.browser.Halden.Someone;

/** Two teachers at one course, each in a browser of their own, and what learners get of it. */
class TwoTeachersTest extends BrowserTest {
    private static final Pattern SCRIPT = Pattern.compile("/outline[^/]*\\.js");
    private static final int PATIENCE = 30_000;
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    private String site = "";
    private Someone olga = new Someone("", "", "");
    private Someone theo = new Someone("", "", "");

    @BeforeEach
    void aSchoolOfTwo() {
        var email = Halden.email("olga");
        var school = halden().found("Atelier", "two" + Halden.word(), "Olga Owner", email);
        var subdomain = school.text("subdomain");
        site = "http://" + halden().visitor.host(subdomain);
        olga = new Someone("Olga Owner", email, school.text("token"));
        var other = Halden.email("theo");
        var added =
                halden().visitor
                        .call(
                                "POST",
                                subdomain,
                                "/api/v1/members",
                                olga.token(),
                                Map.of(
                                        "name",
                                        "Theo Other",
                                        "email",
                                        other,
                                        "password",
                                        Halden.PASSWORD,
                                        "role",
                                        "admin"));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        theo = new Someone("Theo Other", other, "");
    }

    @Test
    void whatOneDoesTheOtherSees() {
        var hers = course("Rope Work");
        var his = at(theo, "/studio/rope-work");
        listens(his);
        var name = his.getByLabel("Title of module 2");
        name.fill("Half a na");
        hers.locator("[data-lesson] > a").first().focus();
        hers.keyboard().press("Alt+ArrowDown");
        assertThat(his.locator("[data-lesson] > a").first()).containsText("The reef knot", soon());
        add(hers, "New lesson in Loops", "The clove hitch");
        assertThat(his.locator("[data-lesson]")).hasCount(4, soonCounted());
        assertThat(name).hasValue("Half a na");
        assertThat(name).isFocused();
        name.fill("Half a name");
        name.press("Enter");
        assertThat(hers.getByLabel("Title of module 2")).hasValue("Half a name");
        // Lessons that came while the page was open can be moved as the others can.
        his.getByRole(AriaRole.LINK, named("The clove hitch")).focus();
        his.keyboard().press("Alt+ArrowUp");
        assertThat(hers.locator("[data-lesson] > a").nth(1)).containsText("The clove hitch");
    }

    @Test
    void whatWasDoneBeforeAPageHearsIsSeenWhenItDoes() {
        var hers = course("Slow Lines");
        var his = at(theo, "/studio/slow-lines");
        var held = new AtomicReference<Route>();
        his.context().route(SCRIPT, held::set);
        his.reload();
        his.waitForCondition(() -> held.get() != null);
        add(hers, "New lesson in Loops", "The clove hitch");
        assertThat(his.locator("[data-lesson]")).hasCount(3);
        held.get().resume();
        assertThat(his.locator("[data-lesson]")).hasCount(4);
    }

    @Test
    void whoRenamesAModuleSecondReadsBothNames() {
        var hers = course("Called Twice");
        var his = at(theo, "/studio/called-twice");
        listens(his);
        for (int race = 1; race <= 3; race++) {
            var mine = his.getByLabel("Title of module 1");
            mine.fill("His name " + race);
            var name = hers.getByLabel("Title of module 1");
            name.fill("Her name " + race);
            name.press("Enter");
            assertThat(hers.locator("[data-said]")).containsText("Her name " + race);
            mine.press("Enter");
            assertThat(mine).hasValue("Her name " + race);
            assertThat(his.locator(".toast")).containsText("His name " + race);
            his.waitForTimeout(race == 1 ? 7_500 : 0);
            his.locator(".toast").getByText("Dismiss").click();
            assertThat(his.locator(".toast")).hasCount(0);
        }
        // What they write over the name that stands there is kept.
        his.getByLabel("Title of module 1").fill("Our name");
        his.getByLabel("Title of module 1").press("Enter");
        assertThat(hers.getByLabel("Title of module 1")).hasValue("Our name");
        mayComplain("409");
    }

    @Test
    void aLessonThatIsThrownAwayUnderTheHandLosesNothing() {
        var hers = course("Storms");
        var his = at(theo, "/studio/storms");
        write(his, "The bowline");
        his.locator("textarea").fill("A loop that holds.");
        saved(his);
        hers.bringToFront();
        var lesson = hers.locator("[data-lesson]").first();
        lesson.locator("summary").click();
        lesson.getByText("To the bin").click();
        assertThat(his.locator("[data-told]")).containsText("thrown this lesson away");
        his.locator("textarea").fill("A loop that holds, and more.");
        his.getByText("Take it out of the bin").click();
        saved(his);
        his.reload();
        assertThat(his.locator("textarea")).hasValue("A loop that holds, and more.");
        mayComplain("404");
    }

    @Test
    void theOthersTextIsOfferedAndAConflictIsOpenToEverybody() {
        var hers = course("Two Hands");
        write(hers, "The bowline");
        var his = at(theo, java.net.URI.create(hers.url()).getPath());
        listens(his);
        hers.locator("textarea").fill("Her text.");
        assertThat(his.locator("[data-told]")).containsText("Somebody else has saved");
        his.getByText("Show their text").click();
        assertThat(his.locator("textarea")).hasValue("Her text.");

        his.context().route("**/api/v1/courses/*/lessons/*", Route::abort);
        his.locator("textarea").fill("His text.");
        assertThat(his.locator("[data-state]")).containsText("no connection");
        hers.locator("textarea").fill("Her second text.");
        saved(hers);
        his.context().unroute("**/api/v1/courses/*/lessons/*");
        assertThat(his.locator(".two-texts")).containsText("Her second text.");
        Accessible.everywhere(his, "two-conflict-panel");
        his.getByText("Keep mine").click();
        saved(his);
        mayComplain("409", "ERR_FAILED");
    }

    @Test
    void aDraftIsLookedOverPublishedBroughtBackAndWithdrawn() {
        var page = course("Knots");
        add(page, "New lesson in Ends", HOSTILE);
        page.getByText("Publish release 1…").click();
        assertThat(page.locator("#checks")).containsText("nothing to read in this lesson");
        assertThat(page.locator("#checks")).containsText(HOSTILE);
        page.getByText("At a set time").check();
        page.locator("#day").fill("2026-02-03");
        page.locator("#time").fill("10:00");
        page.locator(".publish-panel .is-filled").click();
        assertThat(page.locator("#day-error")).containsText("has passed");
        page.locator("#day").fill(java.time.LocalDate.now().plusDays(40).toString());
        page.locator(".publish-panel .is-filled").click();
        assertThat(page.locator(".notice").first()).containsText("The time is set");
        Accessible.everywhere(page, "two-publish-set");
        page.getByRole(AriaRole.BUTTON, named("Call it off")).click();
        assertThat(page.locator(".notice").first()).containsText("called off");
        page.locator("#note").fill("The first " + HOSTILE);
        page.locator(".publish-panel .is-filled").click();
        assertThat(page.locator(".notice")).containsText("Release 1 is published.");
        assertThat(page.locator(".history-note")).hasText("The first " + HOSTILE);

        page.navigate(site + "/studio/knots");
        assertThat(page.locator("[data-draft]")).containsText("are the same");
        page.locator("[data-lesson]").nth(1).locator("summary").click();
        page.locator("[data-lesson]").nth(1).getByText("To the bin").click();
        add(page, "New lesson in Ends", "The sheet bend");
        assertThat(page.locator("[data-draft]")).containsText("2 changes since release 1");
        page.getByText("2 changes since").click();
        assertThat(page.locator("#changes")).containsText("The sheet bend");
        assertThat(page.locator("#changes .is-removed")).containsText("The reef knot");
        page.locator(".publish-panel .is-filled").click();
        assertThat(page.locator(".history-one").first()).containsText("The sheet bend");
        Accessible.everywhere(page, "two-history");
        page.getByText("Bring the draft back to this").nth(1).click();
        assertThat(page.locator(".notice").first()).containsText("as release 1 was");
        assertThat(page.locator("[data-lesson]")).hasCount(4);
        page.navigate(site + "/studio/knots/releases");
        page.getByText("Withdraw…").first().click();
        assertThat(page.locator("main")).containsText("Learners read release 1");
        page.getByText("Withdraw release 2").last().click();
        assertThat(page.locator(".notice")).containsText("Release 2 is withdrawn.");
        assertThat(page.locator(".history-one").nth(1)).containsText("learners read this");
    }

    @Test
    void aReviewerReadsWhatOthersSettle() {
        course("Looked Over");
        var email = Halden.email("rita");
        var added =
                halden().visitor
                        .call(
                                "POST",
                                java.net.URI.create(site).getHost().split("\\.")[0],
                                "/api/v1/members",
                                olga.token(),
                                Map.of(
                                        "name",
                                        "Rita Reader",
                                        "email",
                                        email,
                                        "password",
                                        Halden.PASSWORD,
                                        "role",
                                        "teacher"));
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        var page = at(olga, "/studio/looked-over/people");
        page.getByLabel("E-mail").fill(email);
        page.locator("#role").selectOption("reviewer");
        page.locator("form:has(#role) button").click();
        assertThat(page.locator("main")).containsText("Rita Reader");

        var hers = at(new Someone("Rita Reader", email, ""), "/studio/looked-over");
        hers.getByRole(AriaRole.LINK, named("The bowline")).click();
        settle(hers);
        assertThat(hers.locator(".writing-title")).hasValue("The bowline");
        assertThat(hers.locator(".writing-tools")).hasCount(0);
        Accessible.everywhere(hers, "two-reviewing");
        hers.navigate(hers.url() + "/rules");
        assertThat(hers.locator("main")).containsText("Only those who lead this course");
        assertThat(hers.getByText("Save the rules")).hasCount(0);
        assertThat(hers.locator("[name=hidden]")).isDisabled();
        Accessible.everywhere(hers, "two-reviewing-rules");
        hers.navigate(site + "/studio/looked-over/cover");
        assertThat(hers.locator("main")).containsText("Its leads and assistants change it.");
        assertThat(hers.locator("main")).containsText("You are signed in as Rita Reader.");
        assertThat(
                        hers.locator("main")
                                .getByText(
                                        "Sign in",
                                        new com.microsoft.playwright.Locator.GetByTextOptions()
                                                .setExact(true)))
                .hasCount(0);
        Accessible.everywhere(hers, "two-not-yours");
        mayComplain("403");
    }

    @Test
    void theToolbarPutsInWhatLearnersSee() {
        var page = course("Tools");
        write(page, "The bowline");
        var area = page.locator("textarea");
        area.click();
        page.keyboard().type("See [[ree");
        assertThat(page.locator("[role=option]")).hasCount(1);
        page.keyboard().press("Enter");
        page.keyboard().type(" and ");
        page.locator("[data-act=math]").click();
        assertThat(page.locator("[data-preview] math")).isVisible();
        assertThat(page.locator("[data-preview] a")).hasText("The reef knot");
        assertThat(area)
                .hasValue(
                        Pattern.compile(
                                "See \\[The reef knot\\]\\(lesson:[0-9a-f-]+\\) and \\$x\\^2\\$"));
        page.locator("[data-act=undo]").click();
        assertThat(area).not().hasValue(Pattern.compile("x\\^2"));
        page.keyboard().press("Control+End");
        page.locator("[data-embed]").click();
        page.getByLabel("Its address").fill("https://example.org/film");
        page.keyboard().press("Enter");
        assertThat(page.locator("#video-words")).containsText("example.org is not among");
        page.getByLabel("Its address").fill("https://vimeo.com/123");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-preview] .link-card")).isVisible();
        page.keyboard().press("Control+End");
        page.locator("[data-kinds]").click();
        page.getByRole(AriaRole.MENUITEM, named("Tip")).click();
        assertThat(page.locator("[data-preview] .callout-tip")).isVisible();
        Accessible.everywhere(page, "two-editor-tools");
        saved(page);

        // The link is the lesson's, not its title's: called otherwise, it leads there still.
        page.locator(".writing-step").nth(1).click();
        page.locator(".writing-title").fill("The square knot");
        saved(page);
        page.goBack();
        assertThat(page.locator("[data-preview] a[href$='the-reef-knot']")).isVisible();
        assertThat(page.locator("[data-findings]")).hasText("Nothing to mend");
    }

    // What is done ----------------------------------------------------------------------------

    private Page at(Someone person, String path) {
        var page = enter(context().newPage(), site, person.email(), path);
        settle(page);
        return page;
    }

    /** Two modules of two lessons and of one. */
    private Page course(String title) {
        var page = at(olga, "/studio/new");
        page.getByLabel("Course title").fill(title);
        page.getByText("Begin the course").click();
        add(page, "New module", "Loops");
        add(page, "New module", "Ends");
        add(page, "New lesson in Loops", "The bowline");
        add(page, "New lesson in Loops", "The reef knot");
        add(page, "New lesson in Ends", "The splice");
        listens(page);
        return page;
    }

    /** Until the server knows that the page has the course open. */
    private static void listens(Page page) {
        page.waitForFunction(
                "() => performance.getEntriesByType('resource').some((call) =>"
                        + " call.name.endsWith('/watch') && call.responseEnd > 0)");
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

    private static void write(Page page, String title) {
        page.getByRole(AriaRole.LINK, named(title)).click();
        assertThat(page.locator(".writing-title")).hasValue(title);
        settle(page);
        listens(page);
    }

    private static void saved(Page page) {
        assertThat(page.locator("[data-state]"))
                .containsText(Pattern.compile("Saved at \\d\\d:\\d\\d"));
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name).setExact(true);
    }

    private static ContainsTextOptions soon() {
        return new ContainsTextOptions().setTimeout(PATIENCE);
    }

    private static HasCountOptions soonCounted() {
        return new HasCountOptions().setTimeout(PATIENCE);
    }
}
