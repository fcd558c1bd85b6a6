package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * A teacher's course from the first click to the second thought: three modules with pictures, a
 * lesson that opens later and one that waits for another, published, changed while a learner is
 * half-way, and brought back.
 */
class CourseOfThreeModulesTest extends BrowserTest {
    private static final Pattern SAVED = Pattern.compile("Saved at \\d\\d:\\d\\d");
    private static final String COURSE = "knots-for-sailors";

    private final String owner = Halden.email("olga");
    private final String learner = Halden.email("lena");
    private String site = "";
    private String school = "";

    @Test
    void isMadePublishedChangedAndBroughtBack() {
        var teacher = teacher();
        make(teacher);
        publish(teacher, "The first.");

        var student = student();
        student.navigate(site + "/learn/" + COURSE + "/the-bowline");
        var picture = student.locator(".prose img").first();
        assertThat(picture).hasAttribute("alt", "A loop in blue rope");
        student.waitForCondition(() -> (int) picture.evaluate("i => i.naturalWidth") > 0);
        student.navigate(site + "/learn/" + COURSE + "/the-splice");
        assertThat(student.locator(".closed")).containsText("The bowline");
        student.navigate(site + "/learn/" + COURSE + "/mooring");
        assertThat(student.locator(".closed time")).isVisible();
        assertThat(student.locator("main")).not().containsText("Two lines and a spring");
        done(student, "the-bowline");
        student.navigate(site + "/learn/" + COURSE + "/the-splice");
        assertThat(student.locator(".prose")).containsText("Three strands");
        assertThat(progress()).isEqualTo("1 of 4");

        write(teacher, "The reef knot", "Left over right, and **never** for a life.");
        throwAway(teacher, "The splice");
        publish(teacher, "The splice goes, the reef knot is told better.");
        student.navigate(site + "/learn/" + COURSE + "/the-reef-knot");
        assertThat(student.locator(".prose strong")).hasText("never");
        student.navigate(site + "/learn/" + COURSE + "/the-splice");
        assertThat(student.locator("h1")).not().hasText("The splice");
        assertThat(progress()).isEqualTo("1 of 3");

        teacher.navigate(site + "/studio/" + COURSE + "/releases");
        teacher.locator("#release-1").getByText("Show it").click();
        assertThat(teacher.getByLabel("What", new Page.GetByLabelOptions().setExact(true)))
                .hasValue("1");
        assertThat(teacher.locator(".preview-seen")).containsText("The splice");
        teacher.goBack();
        teacher.locator("#release-1")
                .getByRole(AriaRole.BUTTON)
                .filter(
                        new com.microsoft.playwright.Locator.FilterOptions()
                                .setHasText("Bring the draft back"))
                .click();
        publish(teacher, "As it was.");
        student.navigate(site + "/learn/" + COURSE + "/the-splice");
        assertThat(student.locator(".prose")).containsText("Three strands");
        student.navigate(site + "/learn/" + COURSE + "/the-reef-knot");
        assertThat(student.locator(".prose")).containsText("Right over left");
        assertThat(progress()).isEqualTo("1 of 4");
    }

    private void make(Page page) {
        page.getByText("New course…").click();
        page.getByLabel("Course title").fill("Knots for Sailors");
        page.getByText("Begin the course").click();
        assertThat(page.locator("h1")).hasText("Knots for Sailors");
        add(page, "New module", "Loops");
        add(page, "New module", "Ends");
        add(page, "New module", "In harbour");
        add(page, "New lesson in Loops", "The bowline");
        add(page, "New lesson in Loops", "The reef knot");
        add(page, "New lesson in Ends", "The splice");
        add(page, "New lesson in In harbour", "Mooring");

        open(page, "The bowline");
        page.waitForFunction("() => document.querySelector('.uploads') !== null");
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload("loop.png", "image/png", picture()));
        page.locator(".upload-words input").fill("A loop in blue rope");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-preview] img")).hasAttribute("alt", "A loop in blue rope");
        assertThat(page.locator("[data-state]")).containsText(SAVED);
        write(page, "The reef knot", "Right over left, left over right.");
        write(page, "The splice", "Three strands, one over and one under.");
        write(page, "Mooring", "Two lines and a spring.");
        rule(page, "Mooring", rules -> rules.getByLabel("Days after joining").fill("7"));
        rule(page, "The splice", rules -> rules.getByLabel("The bowline").check());
    }

    private void write(Page page, String lesson, String text) {
        open(page, lesson);
        page.locator("textarea").fill(text);
        page.keyboard().press("Control+s");
        assertThat(page.locator("[data-state]")).containsText(SAVED);
    }

    private void rule(Page page, String lesson, java.util.function.Consumer<Page> setting) {
        open(page, lesson);
        page.navigate(page.url() + "/rules");
        setting.accept(page);
        page.getByText("Save the rules").click();
        assertThat(page.locator(".notice")).isVisible();
    }

    private void throwAway(Page page, String lesson) {
        page.navigate(site + "/studio/" + COURSE);
        settle(page);
        page.getByLabel("Select " + lesson).check();
        page.locator("button[name=all][value=bin]").click();
        assertThat(page.getByLabel("Select " + lesson)).hasCount(0);
    }

    private void publish(Page page, String note) {
        page.navigate(site + "/studio/" + COURSE + "/publish");
        page.locator("#note").fill(note);
        page.locator(".publish-panel form button.is-filled").click();
        page.waitForURL(address -> !address.endsWith("/publish"));
        page.navigate(site + "/courses/" + COURSE);
        assertThat(page.locator(".release-note")).hasText(note);
    }

    private void open(Page page, String lesson) {
        page.navigate(site + "/studio/" + COURSE);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(lesson).setExact(true))
                .click();
        assertThat(page.locator(".writing-title")).hasValue(lesson);
        settle(page);
    }

    private void add(Page page, String field, String title) {
        var input = page.getByLabel(field, new Page.GetByLabelOptions().setExact(true));
        input.fill(title);
        input.press("Enter");
        assertThat(
                        field.equals("New module")
                                ? page.getByLabel("New lesson in " + title)
                                : page.getByLabel("Select " + title))
                .isVisible();
    }

    private void done(Page page, String lesson) {
        page.navigate(site + "/learn/" + COURSE + "/" + lesson);
        settle(page);
        page.locator("form[action$='/done'] button").first().click();
        page.waitForURL(address -> !address.endsWith(lesson));
        page.waitForCondition(() -> progress().startsWith("1 "));
    }

    /** What the server says, as a sentence. */
    private String progress() {
        var signedIn =
                halden().visitor
                        .call(
                                "POST",
                                school,
                                "/api/v1/sessions",
                                null,
                                Map.of("email", learner, "password", Halden.PASSWORD));
        var places =
                halden().visitor
                        .call(
                                "GET",
                                school,
                                "/api/v1/me/enrollments",
                                signedIn.text("token"),
                                null);
        var progress = places.json().at("/items/0/progress");
        return progress.path("completed").asInt() + " of " + progress.path("total").asInt();
    }

    private Page teacher() {
        var founded = halden().found("Atelier", "three" + Halden.word(), "Olga Owner", owner);
        school = founded.text("subdomain");
        site = "http://" + halden().visitor.host(school);
        return entered(owner, "/studio");
    }

    private Page student() {
        var person = Map.of("name", "Lena", "email", learner, "password", Halden.PASSWORD);
        var signedUp = halden().visitor.call("POST", school, "/api/v1/users", null, person);
        assertThat(signedUp.status()).as(signedUp.body()).isEqualTo(201);
        var page = entered(learner, "/courses/" + COURSE);
        page.locator(".standing form button").click();
        page.waitForURL("**/learn/**");
        return page;
    }

    private Page entered(String email, String next) {
        var page = enter(context().newPage(), site, email, next);
        settle(page);
        return page;
    }

    private static byte[] picture() {
        var picture = new BufferedImage(900, 600, BufferedImage.TYPE_INT_RGB);
        var to = picture.createGraphics();
        to.setColor(new Color(0x1a4a7c));
        to.fillOval(200, 50, 500, 500);
        to.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
