package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.stoa.browser.Halden.Someone;

/** Two learners and a teacher talk below a lesson. */
class DiscussionTest extends BrowserTest {
    private static final String LESSON = "/learn/counting-birds";

    @Test
    void anAnswerAppearsWhereTheQuestionStandsOpen() {
        var ann = learner("Ann Berg");
        var sam = learner("Sam Sand");
        var hers = lesson(ann);
        hers.getByLabel("Ask about this lesson").fill("Which bird is **that**?");
        hers.locator("#ask button").click();
        var question = hers.locator(".question").first();
        assertThat(question).containsText("Which bird is that?");
        assertThat(hers.getByLabel("Ask about this lesson")).hasValue("");

        var his = lesson(sam);
        // She is writing meanwhile, and loses nothing.
        hers.getByLabel("Ask about this lesson").fill("And this one");
        his.locator(".question").first().locator("summary.button").click();
        his.getByLabel("Your answer").first().fill("A wren, I think.");
        his.locator(".question").first().getByText("Answer", exactly()).last().click();
        assertThat(his.locator(".answers").first()).containsText("A wren");
        assertThat(question.locator(".answers")).containsText("A wren, I think.");
        assertThat(hers.getByLabel("Ask about this lesson")).hasValue("And this one");

        // Marked as answered there, it is so here.
        question.getByText("Mark as answered").click();
        assertThat(question.locator(".badge.is-good")).containsText("Answered");
        assertThat(his.locator(".question .badge.is-good").first()).containsText("Answered");

        his.locator(".answers .post-acts").first().getByText("Remove").click();
        assertThat(question.locator(".answers")).containsText("Removed by whoever wrote it.");
        Accessible.everywhere(hers, "discussion-live");
    }

    @Test
    void whatIsRefusedKeepsTheWords() {
        var page = lesson(learner("Kim Kite"));
        var field = page.getByLabel("Ask about this lesson");
        field.evaluate("field => field.removeAttribute('maxlength')");
        field.fill("x".repeat(5_001));
        page.locator("#ask button").click();
        assertThat(page.locator("#ask-error")).containsText("Write at most 5,000 characters");
        assertThat(page.getByLabel("Ask about this lesson")).hasValue("x".repeat(5_001));
        assertThat(page.getByLabel("Ask about this lesson")).isFocused();
        page.getByLabel("Ask about this lesson").fill("Short");
        page.locator("#ask button").click();
        assertThat(page.locator(".question").first()).containsText("Short");
        mayComplain("422");
    }

    private Someone learner(String name) {
        var person = halden().student(name);
        halden().join(person, "counting-birds");
        return person;
    }

    private Page lesson(Someone who) {
        var page = signIn(context(), who);
        page.navigate(halden().site() + LESSON);
        settle(page);
        page.locator("live-talk").scrollIntoViewIfNeeded();
        assertThat(page.locator("[data-talk]")).isVisible();
        // Until the server knows that the page has it open.
        page.waitForFunction(
                "() => performance.getEntriesByType('resource').filter((call) =>"
                        + " call.name.includes('/fragments/discussion/') && call.responseEnd > 0).length > 1");
        return page;
    }

    private static com.microsoft.playwright.Locator.GetByTextOptions exactly() {
        return new com.microsoft.playwright.Locator.GetByTextOptions().setExact(true);
    }
}
