package org.stoa.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From nothing to a school, and from one school to the next. */
class FirstSchoolTest extends BrowserTest {
    @Test
    void aSchoolIsStartedLeftAndEnteredAgain() {
        var page = context(options().setTimezoneId("Europe/Madrid")).newPage();
        var email = Halden.email("olga");
        page.navigate(platform() + "/start");
        page.getByLabel("Name of the school").pressSequentially("Music School");
        assertThat(page.getByLabel("Its address"))
                .hasValue(Pattern.compile("musicschool[a-z0-9-]*"));
        assertThat(page.locator("[data-proposal^=musicschool]")).isVisible();
        page.getByLabel("Its address").fill("admin");
        assertThat(page.locator("[data-free=false]")).isVisible();
        var wanted = "musicschool" + Halden.word();
        page.getByLabel("Its address").fill(wanted);
        assertThat(page.locator("[data-free=true][data-proposal=" + wanted + "]")).isVisible();
        page.getByLabel("Your name").fill("Olga Owner");
        page.getByLabel("E-mail").fill(email);
        page.getByLabel("Password").fill(Halden.PASSWORD);
        assertThat(page.locator(".strength")).isVisible();
        page.locator("main button").click();

        var site = "http://" + wanted + ".localhost:" + port;
        assertThat(page).hasURL(site + "/studio");
        assertThat(page.locator("h1")).hasText("Studio");
        page.navigate(site + "/admin/school");
        assertThat(page.getByLabel("Time zone")).hasValue("Europe/Madrid");
        openMenu(page);
        assertThat(page.locator(".menu-list")).containsText("Members");
        page.locator(".menu-list button").click();
        assertThat(page.locator(".corner").getByText("Sign in")).isVisible();

        enter(page, site, email, "/admin/members");
        assertThat(page.locator("h1")).hasText("Members");

        var second = halden().found("Harbour", "harbour" + Halden.word(), "Olga Owner", email);
        page.navigate("http://" + halden().visitor.host(second.text("subdomain")) + "/sign-in");
        page.getByText("Come in with that").click();
        openMenu(page);
        assertThat(page.locator(".menu-name")).hasText("Olga Owner");
        page.locator(".menu-list").getByText("Account").click();
        assertThat(page.locator("main")).containsText("Music School");
        page.locator("main").getByText("Music School").click();
        openMenu(page);
    }

    private static void openMenu(Page page) {
        page.locator("details.menu summary").click();
        assertThat(page.locator(".menu-list")).isVisible();
    }
}
