package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Everything a learner needs works without a line of JavaScript. */
class WithoutScriptsTest extends BrowserTest {
    @Test
    void aLearnerFindsJoinsAndLearns() {
        var person = halden().student("Ada Plain");
        var page = context(options().setJavaScriptEnabled(false)).newPage();
        page.navigate(halden().site() + "/courses");
        assertThat(page.locator(".book")).hasCount(6);
        page.locator(".tabs").getByText("Nature").click();
        assertThat(page.locator(".book")).hasCount(2);
        page.locator("#filters summary").click();
        page.getByLabel("Level").selectOption("intermediate");
        page.getByText("Show", new com.microsoft.playwright.Page.GetByTextOptions().setExact(true))
                .click();
        assertThat(page.locator(".book")).hasCount(1);
        assertThat(page.locator(".book-title")).hasText("Counting Birds");

        page.locator(".search-form input").fill("knotz");
        page.keyboard().press("Enter");
        page.locator(".book-title").getByText("Knots").click();
        assertThat(page.locator("h1")).hasText("Knots");
        assertThat(page.locator(".leaders li")).hasCount(3);
        page.locator(".standing").getByText("Join this course").click();
        page.getByLabel("E-mail").fill(person.email());
        page.getByLabel("Password").fill(Halden.PASSWORD);
        page.locator("main button").click();
        for (int lesson = 1; lesson <= 3; lesson++) {
            assertThat(page.locator(".player-place")).hasText("Lesson " + lesson + " of 3");
            page.locator("[data-done]").click();
        }
        assertThat(page).hasURL(Pattern.compile(".*/learn.*"));
        assertThat(halden().completed(person, "knots")).isEqualTo(3);
        page.navigate(halden().site() + "/learn");
        assertThat(page.locator(".finished")).containsText("Knots");
    }

    @Test
    void aVisitorSignsUpOnTheWayIntoACourse() {
        var page = context(options().setJavaScriptEnabled(false)).newPage();
        page.navigate(halden().site() + "/courses/" + Shelves.SMALL);
        page.locator(".standing").getByText("Join this course").click();
        page.locator("main").getByText("Sign up").click();
        page.getByLabel("Your name").fill("Uma Unscripted");
        page.getByLabel("E-mail").fill(Halden.email("uma"));
        page.getByLabel("Password").fill("too short");
        page.locator("main button").click();
        assertThat(page.locator(".field-error")).containsText("at least 12 characters");
        assertThat(page.getByLabel("Your name")).hasValue("Uma Unscripted");
        page.getByLabel("Password").fill(Halden.PASSWORD);
        page.locator("main button").click();
        assertThat(page.locator(".player-place")).hasText("Lesson 1 of 3");
        page.navigate(halden().site() + "/learn");
        assertThat(page.locator(".go-on")).containsText("Knots");
    }
}
