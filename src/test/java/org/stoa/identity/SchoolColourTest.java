package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.identity.Town.PASSWORD;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.identity.Town.School;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;

/** The colour that a school chooses, from its form to the pages that everybody reads. */
@StoaTest
class SchoolColourTest {
    private static final Pattern SHEET = Pattern.compile("/assets/school/[0-9a-f]{12}\\.css");

    @LocalServerPort private int port;

    private Town town;
    private School halden;
    private School harbour;
    private Visitor owner;

    @BeforeEach
    void twoSchools() {
        town = new Town(port);
        halden = town.school("halden");
        harbour = town.school("harbour");
        owner = new Visitor(port);
        owner.submit(
                halden.subdomain(),
                "/sign-in",
                Map.of("email", halden.ownerEmail(), "password", PASSWORD));
    }

    private Answer settle(String... colour) {
        var form = new HashMap<>(Map.of("name", "Halden"));
        for (int i = 0; i < colour.length; i += 2) {
            form.put(colour[i], colour[i + 1]);
        }
        return owner.submit(halden.subdomain(), "/admin/school", form);
    }

    /** Where the catalog, as everybody gets it, has its colours; empty for Stoa's own. */
    private String sheet(School school) {
        var page = new Visitor(port).peek(school.subdomain(), "/courses");
        assertThat(page.status()).isEqualTo(200);
        return SHEET.matcher(page.body()).results().map(it -> it.group()).findAny().orElse("");
    }

    private Answer fetch(School school, String path) {
        return new Visitor(port).peek(school.subdomain(), path);
    }

    @Test
    void aColourReachesTheKeptPagesOfItsSchoolAndOfNoOther() {
        for (int i = 0; i < 2; i++) {
            assertThat(sheet(halden)).isEmpty();
            assertThat(sheet(harbour)).isEmpty();
        }
        var saved = settle("colour", "school", "accent", "#12402b", "typed", "");
        assertThat(saved.body()).contains("Saved.", "#12402b");
        assertThat(SHEET.matcher(saved.body()).find()).isTrue();
        var address = sheet(halden);
        assertThat(sheet(halden)).isEqualTo(address).matches(SHEET);
        assertThat(sheet(harbour)).isEmpty();
        var sheet = fetch(halden, address);
        assertThat(sheet.status()).isEqualTo(200);
        assertThat(sheet.header("Content-Type")).startsWith("text/css");
        assertThat(sheet.header("Cache-Control"))
                .contains("max-age=31536000", "public", "immutable");
        assertThat(sheet.header("Set-Cookie")).isEmpty();
        assertThat(sheet.body()).startsWith(":root{--accent:light-dark(#12402b,#");
        assertThat(fetch(harbour, address).status()).isEqualTo(404);
    }

    @Test
    void anotherColourHasAnotherAddressAndNobodyKeepsItUnderTheFormer() {
        settle("colour", "school", "accent", "#12402b");
        var green = sheet(halden);
        var first = fetch(halden, green).body();
        settle("colour", "school", "accent", "#b3261e");
        var red = sheet(halden);
        assertThat(red).matches(SHEET).isNotEqualTo(green);
        // A page that a cache on the way kept for its minute still asks for the green one.
        var late = fetch(halden, green);
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.header("Cache-Control")).isEqualTo("no-store");
        assertThat(late.body()).isEqualTo(fetch(halden, red).body()).isNotEqualTo(first);
        settle("colour", "stoa", "accent", "#b3261e", "typed", "");
        assertThat(sheet(halden)).isEmpty();
        assertThat(fetch(halden, red).status()).isEqualTo(404);
    }

    @Test
    void whatIsTypedCountsMoreThanWhatThePickerShows() {
        var saved = settle("colour", "school", "accent", "#0b5394", "typed", " #B3261E ");
        assertThat(saved.body()).contains("<code class=\"detail\">#b3261e</code>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blue",
                "b3261e",
                "#b32",
                "#b3261g",
                "#b3261e;}*{display:none}",
                "url(https://evil.example/x)",
                "\"><script>alert(1)</script>"
            })
    void whatIsNoColourIsRefusedWithASentenceAndChangesNothing(String typed) {
        settle("colour", "school", "accent", "#12402b");
        var before = sheet(halden);
        var refused = settle("colour", "school", "accent", "#0b5394", "typed", typed);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body())
                .contains("id=\"accent-error\"", "Write the colour as # and six digits")
                .doesNotContain("<script>alert");
        assertThat(sheet(halden)).isEqualTo(before).isNotEmpty();
    }

    @Test
    void aSchoolsOwnColourMustBeNamed() {
        assertThat(settle("colour", "school", "accent", "", "typed", " ").status()).isEqualTo(422);
        assertThat(sheet(halden)).isEmpty();
    }

    /** Programs that send the form as it was before it knew colours. */
    @Test
    void aFormThatSaysNothingOfTheColourLeavesIt() {
        settle("colour", "school", "accent", "#12402b");
        var address = sheet(halden);
        assertThat(settle().status()).isEqualTo(200);
        assertThat(sheet(halden)).isEqualTo(address).isNotEmpty();
    }

    @Test
    void onlyItsAdministratorsChangeIt() {
        var teacher = town.member(halden, "teacher");
        var browser = new Visitor(port);
        browser.submit(
                halden.subdomain(),
                "/sign-in",
                Map.of("email", teacher.email(), "password", PASSWORD));
        var form = Map.of("name", "Halden", "colour", "school", "accent", "#12402b");
        assertThat(browser.submit(halden.subdomain(), "/admin/school", form).status())
                .isEqualTo(403);
        assertThat(sheet(halden)).isEmpty();
    }
}
