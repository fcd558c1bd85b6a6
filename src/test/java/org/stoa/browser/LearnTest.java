package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
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
        learn(page, follower);

        follower.navigate(site + "/learn");
        assertThat(follower.locator(".finished")).containsText("Getting Started with IoT");
        assertThat(follower.locator(".finished")).containsText("All 23 lessons");
    }

    private void publish(String site, String email) {
        var page = context().newPage();
        page.navigate(site + "/sign-in?next=/studio/import");
        page.getByLabel("E-mail").fill(email);
        page.getByLabel("Password").fill(Halden.PASSWORD);
        page.locator("main button").click();
        page.getByLabel("The zip")
                .setInputFiles(
                        new FilePayload("iot.zip", "application/zip", Halden.zip(Halden.iot())));
        page.getByText("Bring it in").click();
        assertThat(page.locator("h1")).hasText("Getting Started with IoT");
        assertThat(page.locator("main")).containsText("23 lessons");
        assertThat(page.locator("main")).containsText("connected-iot-devices.svg");
        page.getByText("Look it over").click();
        page.getByText("Publish release 1").click();
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
        page.locator(".standing").getByText("Join this course").click();
        page.locator("main").getByText("Sign up").click();
        page.getByLabel("Your name").fill("Sam Student");
        page.getByLabel("E-mail").fill(Halden.email("sam"));
        page.getByLabel("Password").fill(Halden.PASSWORD);
        page.locator("main button").click();
        page.locator("main").getByText("Join this course").click();
    }

    private static void learn(Page page, Page follower) {
        page.waitForURL(Pattern.compile(".*/(courses|learn)/.*"));
        if (page.url().contains("/courses/")) {
            page.locator(".standing").getByText("Begin").click();
        }
        for (int done = 1; done <= LESSONS; done++) {
            assertThat(page.locator(".player-place")).hasText("Lesson " + done + " of " + LESSONS);
            var address = page.url();
            page.locator("[data-done]").click();
            assertThat(follower.locator(".go-on .meter-words"))
                    .hasText(
                            done < LESSONS
                                    ? done + " of " + LESSONS + " lessons"
                                    : "All " + LESSONS + " lessons done");
            if (done < LESSONS) {
                page.waitForURL(url -> !url.equals(address));
            }
        }
        assertThat(page.locator(".player-count .meter-words")).hasText("23 of 23");
        assertThat(page.locator("a.step.is-done").count()).isEqualTo(LESSONS);
    }
}
