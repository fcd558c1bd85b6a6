package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A real course, from its folder to the last lesson learned. */
class LearnTest extends BrowserTest {
    private static final int LESSONS = 23;

    @Test
    void aRealCourseIsBroughtInPublishedFoundAndLearned() {
        var email = Halden.email("olga");
        var school = halden().found("Music", "learn" + Halden.word(), "Olga Owner", email);
        var site = "http://" + halden().visitor.host(school.text("subdomain"));
        publish(site, email);

        var context = context();
        var page = context.newPage();
        find(page, site);
        join(page);
        var follower = context.newPage();
        follower.navigate(site + "/learn");
        assertThat(follower.locator(".go-on h1")).isVisible();
        var beside = context.newPage();
        beside.navigate(site + "/courses/" + Halden.IOT);
        assertThat(beside.locator(".standing .button")).hasText("Begin");
        learn(page, follower, beside);

        assertThat(follower.locator(".finished")).containsText("Getting Started with IoT");
        assertThat(follower.locator(".finished")).containsText("All 23 lessons");
    }

    private void publish(String site, String email) {
        var page = enter(context().newPage(), site, email, "/studio/import");
        page.getByLabel("The zip")
                .setInputFiles(
                        new FilePayload("iot.zip", "application/zip", Halden.zip(Halden.iot())));
        page.getByText("Bring it in").click();
        assertThat(page.locator("h1")).hasText("Getting Started with IoT");
        assertThat(page.locator("main")).containsText("23 lessons");
        assertThat(page.locator("main")).containsText("connected-iot-devices.svg");
        page.getByText("Look it over").click();
        page.getByText("Publish release 1…").click();
        assertThat(page.locator("#checks")).containsText("to look at");
        page.locator(".publish-panel .button.is-filled").click();
        assertThat(page.locator("main")).containsText("Release 1 is published.");
    }

    private static void find(Page page, String site) {
        page.navigate(site + "/courses");
        page.keyboard().press("/");
        page.keyboard().type("geting startd");
        // Enter opens what is chosen once the answer is to all that was typed.
        assertThat(page.locator(".found-count")).hasAttribute("href", "/courses?q=geting+startd");
        var first = page.locator("[role=option]").first();
        assertThat(first).containsText("Getting Started with IoT");
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowUp");
        assertThat(first).hasAttribute("aria-selected", "true");
        page.keyboard().press("Enter");
        assertThat(page).hasURL(Pattern.compile(".*/courses/" + Halden.IOT));
    }

    private static void join(Page page) {
        settle(page);
        assertThat(page.locator(".corner-sign-up"))
                .hasAttribute("href", "/sign-up?next=%2Fcourses%2F" + Halden.IOT);
        page.locator(".standing").getByText("Join this course").click();
        assertThat(page.locator(".corner-sign-up"))
                .hasAttribute("href", "/sign-up?next=%2Fcourses%2F" + Halden.IOT + "%2Fjoin");
        page.locator("main").getByText("Sign up").click();
        page.getByLabel("Your name").fill("Sam Student");
        page.getByLabel("E-mail").fill(Halden.email("sam"));
        page.getByLabel("Password").fill(Halden.PASSWORD);
        assertThat(page.locator(".lede")).containsText("join “Getting Started with IoT” at once");
        page.locator("main button").click();
        page.waitForURL(Pattern.compile(".*/learn/.*"));
    }

    private static void learn(Page page, Page follower, Page beside) {
        for (int done = 1; done <= LESSONS; done++) {
            assertThat(page.locator(".player-place")).hasText("Lesson " + done + " of " + LESSONS);
            var address = page.url();
            page.locator("[data-done]").click();
            if (done < LESSONS) {
                page.waitForURL(url -> !url.equals(address));
            }
            follows(done, page, follower, beside);
        }
        assertThat(page.locator(".player-count .meter-words")).hasText("23 of 23");
        assertThat(page.locator("a.step.is-done").count()).isEqualTo(LESSONS);
    }

    /** The other open pages say the same: numbers, marks, and where to go on. */
    private static void follows(int done, Page page, Page follower, Page beside) {
        assertThat(beside.locator(".leaders .is-done")).hasCount(done);
        if (done == LESSONS) {
            assertThat(beside.locator(".standing")).containsText("Completed");
            assertThat(follower.locator(".go-on")).hasCount(0);
            return;
        }
        var words = done + " of " + LESSONS + " lessons";
        assertThat(follower.locator(".go-on .meter-words")).hasText(words);
        assertThat(beside.locator(".standing .meter-words")).hasText(words);
        assertThat(beside.locator(".module-count").first()).containsText(" of ");
        var next = java.net.URI.create(page.url()).getPath();
        assertThat(follower.locator(".go-on .button")).hasAttribute("href", next);
        assertThat(beside.locator(".standing .button")).hasAttribute("href", next);
        assertThat(beside.locator(".standing .button")).hasText("Go on");
    }

    /** Over HTTP/1.1 a browser has six connections to a host. */
    @Test
    void manyOpenPagesOfOnePersonLeaveRoomForMore() {
        var person = halden().student("Toby Tabs");
        halden().join(person, Shelves.SMALL);
        var first = signIn(context(), person);
        var lesson = halden().site() + "/learn/" + Shelves.SMALL;
        var pages = new ArrayList<Page>();
        for (int i = 0; i < 9; i++) {
            var page = first.context().newPage();
            page.navigate(lesson);
            settle(page);
            pages.add(page);
        }
        var last = pages.getLast();
        last.locator("[data-done]").click();
        for (var page : pages.subList(0, 8)) {
            assertThat(page.locator(".player-count .meter-words")).containsText("1 of ");
        }
    }

    @Test
    void aPlaceIsGivenUpAndWhatWasLearnedIsKept() {
        var person = halden().student("Lea Leaver");
        halden().join(person, Shelves.SMALL);
        halden().learn(person, Shelves.SMALL, 1);
        var page = signIn(context(), person);
        page.getByText("Leave this course…").click();
        assertThat(page.locator("h1")).hasText("Leave “Knots”?");
        assertThat(page.locator(".lede")).containsText("the lesson you finished");
        page.locator("main button").click();
        assertThat(page.locator("main")).containsText("Your place is given up.");
        assertThat(page.locator(".empty")).isVisible();
        page.navigate(halden().site() + "/courses/" + Shelves.SMALL);
        page.locator(".standing button").click();
        assertThat(page.locator(".player-count .meter-words")).hasText("1 of 3");
    }
}
