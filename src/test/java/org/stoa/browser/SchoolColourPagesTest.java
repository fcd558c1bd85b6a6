package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.stoa.browser.Halden.Someone;

/** A school in a colour of its own: chosen without scripts, and read on every kind of page. */
class SchoolColourPagesTest extends BrowserTest {
    private String subdomain = "";

    private Someone aSchool() {
        subdomain = "tinted" + Halden.word();
        var email = Halden.email("olga");
        var token = halden().found("Halden", subdomain, "Olga Owner", email).text("token");
        halden().bringIn(subdomain, token, Halden.zip(Halden.iot()));
        Shelves.courses().forEach(zip -> halden().bringIn(subdomain, token, zip));
        return new Someone("Olga Owner", email, token);
    }

    private void publishAndJoin(Someone owner) {
        for (var course : new String[] {Halden.IOT, "knots", "counting-birds"}) {
            as(owner, "/api/v1/courses/" + course + "/releases", 201);
        }
        as(owner, "/api/v1/courses/" + Halden.IOT + "/enrollments", 201);
    }

    private void as(Someone person, String path, int status) {
        var answer = halden().visitor.call("POST", subdomain, path, person.token(), Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    }

    private String site() {
        return "http://" + halden().visitor.host(subdomain);
    }

    private Page settings(Someone owner, boolean scripts) {
        var context = context(options().setJavaScriptEnabled(scripts));
        return enter(context.newPage(), site(), owner.email(), "/admin/school");
    }

    private static void save(Page page) {
        page.locator("main form .actions button").click();
    }

    @Test
    void aColourIsChosenRefusedAndGivenBackWithoutScripts() {
        var owner = aSchool();
        var page = settings(owner, false);
        assertThat(page.getByLabel("Stoa's blue")).isChecked();
        assertThat(page.locator("#accent")).isHidden();
        page.getByLabel("The school's own").check();
        assertThat(page.locator("#accent")).isVisible();
        page.getByLabel("Or type it").fill("dark green");
        save(page);
        assertThat(page.locator(".field-error")).containsText("Write the colour as #");
        assertThat(page.getByLabel("Or type it")).hasValue("dark green");
        page.getByLabel("Or type it").fill("");
        page.getByLabel("Choose it").fill("#12402b");
        save(page);
        assertThat(page.locator(".notice")).containsText("Saved.");
        assertThat(page.getByLabel("Choose it")).hasValue("#12402b");
        assertThat(page.locator("head link[href^='/assets/school/']")).hasCount(1);
        page.getByLabel("Stoa's blue").check();
        save(page);
        assertThat(page.locator(".notice")).containsText("Saved.");
        assertThat(page.getByLabel("Stoa's blue")).isChecked();
        assertThat(page.locator("head link[href^='/assets/school/']")).hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({"pale-yellow, #fff4b8", "dark-green, #12402b"})
    void itsPagesCanBeReadInBothThemes(String name, String colour) {
        var owner = aSchool();
        publishAndJoin(owner);
        var page = settings(owner, true);
        var stoas = drawn(page, ColorScheme.LIGHT);
        page.getByLabel("The school's own").check();
        page.getByLabel("Or type it").fill(colour);
        save(page);
        assertThat(page.locator(".notice")).containsText("Saved.");
        assertThat(drawn(page, ColorScheme.LIGHT)).isNotEqualTo(stoas);
        assertThat(drawn(page, ColorScheme.DARK)).isNotEqualTo(drawn(page, ColorScheme.LIGHT));
        look(page, name + "-settings", "/admin/school");
        look(page, name + "-catalog", "/courses");
        look(page, name + "-found", "/courses?q=rope");
        look(page, name + "-course", "/courses/" + Halden.IOT);
        look(page, name + "-player", "/learn/" + Halden.IOT);
        look(page, name + "-learning", "/learn");
        look(page, name + "-studio", "/studio/" + Halden.IOT);
        look(page, name + "-new", "/studio/new");
    }

    private static Object drawn(Page page, ColorScheme theme) {
        page.emulateMedia(new EmulateMediaOptions().setColorScheme(theme));
        return page.evaluate("() => getComputedStyle(document.querySelector('.aside a')).color");
    }

    private void look(Page page, String name, String path) {
        page.setViewportSize(WIDE, 900);
        page.navigate(site() + path);
        settle(page);
        Accessible.everywhere(page, "colour-" + name);
    }
}
