package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stoa.browser.Halden.Someone;

/** A lesson that stands in two courses, and two teachers who have one of them open each. */
class OneTextTest extends BrowserTest {
    private String subdomain = "";
    private String site = "";
    private Someone olga = new Someone("", "", "");
    private Someone theo = new Someone("", "", "");

    @BeforeEach
    void twoCourses() {
        var email = Halden.email("olga");
        var school = halden().found("Atelier", "one" + Halden.word(), "Olga Owner", email);
        subdomain = school.text("subdomain");
        site = "http://" + halden().visitor.host(subdomain);
        olga = new Someone("Olga Owner", email, school.text("token"));
        var other = Halden.email("theo");
        var body =
                Map.of(
                        "name",
                        "Theo Other",
                        "email",
                        other,
                        "password",
                        Halden.PASSWORD,
                        "role",
                        "admin");
        var added = halden().visitor.call("POST", subdomain, "/api/v1/members", olga.token(), body);
        assertThat(added.status()).as(added.body()).isEqualTo(201);
        theo = new Someone("Theo Other", other, "");
        bring("Knots", "1-loops/1-bowline.md", "# The bowline\n\nA loop that holds.");
        bring("Sails", "1-cloth/1-flax.md", "# Flax\n\nOf old.");
    }

    @Test
    void sharedWrittenThereSeenHereAndPublishedEachForItself() {
        var hers = at(olga, "/studio/sails");
        hers.getByText("A lesson of another course…").click();
        hers.getByLabel("Words of its title").fill("nothing like it");
        hers.getByRole(AriaRole.BUTTON, named("Find")).click();
        assertThat(hers.locator("main")).containsText("Nothing found");
        hers.getByLabel("Words of its title").fill("KNOTS bow");
        hers.getByRole(AriaRole.BUTTON, named("Find")).click();
        Accessible.everywhere(hers, "one-text-choose");
        hers.getByText("The bowline").click();
        hers.getByText("Put it in").click();
        assertThat(hers.locator("[data-lesson]").nth(1)).containsText("in 1 other course");
        Accessible.everywhere(hers, "one-text-outline");
        publish("sails");

        var his = at(theo, "/studio/knots");
        write(his, "The bowline");
        write(hers, "The bowline");
        assertThat(hers.locator("[data-also]"))
                .containsText(
                        "This lesson also stands in Knots. What you write changes there too.");
        Accessible.everywhere(hers, "one-text-lesson");
        hers.locator("textarea").fill("A loop that holds, and opens again.");
        saved(hers);
        assertThat(his.locator("[data-told]")).containsText("Somebody else has saved");
        his.getByText("Show their text").click();
        assertThat(his.locator("textarea")).hasValue("A loop that holds, and opens again.");

        publish("knots");
        assertThat(read("knots")).contains("opens again");
        assertThat(read("sails")).contains("loop that holds.").doesNotContain("opens again");
        publish("sails");
        assertThat(read("sails")).contains("opens again");

        his.navigate(site + "/studio/knots/releases");
        his.getByText("Bring the draft back to this…").first().click();
        assertThat(his.locator("main")).containsText("nothing changes there");
        his.navigate(site + "/studio/sails/releases");
        his.getByText("Bring the draft back to this…").nth(1).click();
        assertThat(his.locator("main")).containsText("The bowline");
        assertThat(his.locator("main")).containsText("Knots");
        Accessible.everywhere(his, "one-text-back");
        his.locator("main form button").click();
        assertThat(his.locator(".notice").first()).containsText("as release 1 was");
        assertThat(hers.locator("[data-told]")).containsText("Somebody else has saved");
        hers.getByText("Show their text").click();
        assertThat(hers.locator("textarea")).hasValue("A loop that holds.");
    }

    @Test
    void endedItGoesItsOwnWayAndEverybodySeesIt() {
        var hers = at(olga, "/studio/sails");
        hers.getByText("A lesson of another course…").click();
        hers.getByText("The bowline").click();
        hers.getByText("Put it in").click();
        var his = at(theo, "/studio/knots");
        listens(his);
        assertThat(his.locator("[data-lesson]").first()).containsText("in 1 other course");
        write(hers, "The bowline");
        hers.getByText("Make it this course’s own").click();
        assertThat(hers.locator(".notice")).containsText("this course’s own");
        assertThat(hers.locator("[data-also] p")).hasCount(0);
        assertThat(his.locator("[data-lesson]").first()).not().containsText("other course");
        settle(hers);
        hers.locator("textarea").fill("Her own.");
        saved(hers);
        write(his, "The bowline");
        assertThat(his.locator("textarea")).hasValue("A loop that holds.");
    }

    // What is done ----------------------------------------------------------------------------

    private void bring(String title, String path, String page) {
        halden().bringIn(
                        subdomain,
                        olga.token(),
                        Halden.zip(Map.of("course.yaml", "title: " + title, path, page)));
    }

    private void publish(String course) {
        var path = "/api/v1/courses/" + course + "/releases";
        var published =
                halden().visitor.call("POST", subdomain, path, olga.token(), Map.of("note", ""));
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        var join = "/api/v1/courses/" + course + "/enrollments";
        halden().visitor.call("POST", subdomain, join, olga.token(), Map.of());
    }

    /** The lesson as a learner of the course reads it. */
    private String read(String course) {
        var page = at(olga, "/learn/" + course + "/the-bowline");
        var text = page.locator("main").innerText();
        page.close();
        return text;
    }

    private Page at(Someone person, String path) {
        var page = enter(context().newPage(), site, person.email(), path);
        settle(page);
        return page;
    }

    private static void listens(Page page) {
        page.waitForFunction(
                "() => performance.getEntriesByType('resource').some((call) =>"
                        + " call.name.endsWith('/watch') && call.responseEnd > 0)");
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
}
