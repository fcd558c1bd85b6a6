package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.stoa.browser.Halden.Someone;

/** A teacher sets when lessons open; a learner meets the lock, and finds the way past it. */
class RulesTest extends BrowserTest {
    private String site = "";
    private String school = "";
    private Someone owner = new Someone("", "", "");

    @Test
    void aTeacherDripsACourseAndALearnerGoesThroughIt() {
        found();
        var teacher = at(owner, "/studio/knots");
        teacher.getByText("Lesson 2").first().click();
        teacher.getByText("When it opens").click();
        teacher.getByLabel("Lesson 1").check();
        teacher.getByText("Save the rules").click();
        assertThat(teacher.locator(".notice")).containsText("The rules are kept");
        look(teacher, "rules");
        teacher.navigate(site + "/studio/knots");
        var third = teacher.locator("[data-lesson]").nth(2);
        third.locator("summary").click();
        third.getByText("When it opens").click();
        teacher.getByLabel("A date and a time").fill("2150-03-01T09:00");
        teacher.getByText("Save the rules").click();
        teacher.navigate(site + "/studio/knots");
        assertThat(teacher.locator("[data-lesson]").nth(1)).containsText("after 1");
        assertThat(teacher.locator("[data-lesson]").nth(2)).containsText("1 March 2150");
        look(teacher, "draft-rules");
        teacher.navigate(site + "/studio/knots/preview");
        assertThat(teacher.locator(".preview-seen")).containsText("locked");
        look(teacher, "preview");
        teacher.navigate(site + "/studio/knots/access");
        look(teacher, "access");
        teacher.navigate(site + "/studio/knots");
        teacher.getByText("Publish release").first().click();
        teacher.locator(".publish-panel form button.is-filled").click();
        assertThat(teacher.locator(".notice")).containsText("is published");

        var learner = learner();
        learner.navigate(site + "/learn/knots");
        assertThat(learner.locator("h1")).hasText("Lesson 1");
        assertThat(learner.locator(".step.is-locked")).hasCount(2);
        learner.locator("a.step").nth(1).click();
        assertThat(learner.locator(".closed")).containsText("the moment you have done");
        look(learner, "locked");
        learner.locator(".closed .button").click();
        assertThat(learner.locator("h1")).hasText("Lesson 1");
        learner.locator("[data-done]").click();
        assertThat(learner.locator("h1")).hasText("Lesson 2");
        assertThat(learner.locator(".step.is-locked")).hasCount(1);
        learner.locator("a.step").nth(2).click();
        assertThat(learner.locator(".closed"))
                .containsText(Pattern.compile("opens on 1 March 2150 at \\d\\d:00"));
        look(learner, "locked-date");
        learner.navigate(site + "/learn/knots/lesson-2");
        learner.locator("[data-done]").click();
        assertThat(learner.locator("h1")).hasText("Lesson 4");
        learner.locator("[data-done]").click();
        assertThat(learner.locator(".player-count .meter-words")).hasText("3 of 4");
        marksAreSent(learner);
        learner.navigate(site + "/learn");
        assertThat(learner.locator(".go-on")).containsText("Opens 1 March 2150");
        look(learner, "learning-waiting");
        learner.navigate(site + "/courses/knots");
        assertThat(learner.locator(".standing")).containsText("“Lesson 3” opens 1 March 2150");
        look(learner, "course-waiting");
    }

    private static void look(Page page, String name) {
        settle(page);
        Accessible.everywhere(page, "rules-" + name);
    }

    private void found() {
        var email = Halden.email("olga");
        var founded = halden().found("Rope School", "rope" + Halden.word(), "Olga Owner", email);
        school = founded.text("subdomain");
        owner = new Someone("Olga Owner", email, founded.text("token"));
        site = "http://" + halden().visitor.host(school);
        var page = at(owner, "/studio/import");
        var files = new java.util.TreeMap<String, String>();
        files.put("course.yaml", "title: Knots");
        for (int i = 1; i <= 4; i++) {
            files.put(i + ".md", "# Lesson " + i + "\n\nRead this, and tie it.");
        }
        page.getByLabel("The zip")
                .setInputFiles(
                        new com.microsoft.playwright.options.FilePayload(
                                "knots.zip", "application/zip", Halden.zip(files)));
        page.getByText("Bring it in").click();
        assertThat(page.locator("h1")).hasText("Knots");
    }

    private Page learner() {
        var email = Halden.email("lea");
        var signedUp =
                halden().visitor
                        .call(
                                "POST",
                                school,
                                "/api/v1/users",
                                null,
                                Map.of(
                                        "name",
                                        "Lea Learner",
                                        "email",
                                        email,
                                        "password",
                                        Halden.PASSWORD));
        halden().visitor
                .call(
                        "POST",
                        school,
                        "/api/v1/courses/knots/enrollments",
                        signedUp.text("token"),
                        Map.of());
        return at(new Someone("Lea Learner", email, ""), "/learn");
    }

    private Page at(Someone person, String path) {
        return enter(context().newPage(), site, person.email(), path);
    }
}
