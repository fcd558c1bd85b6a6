package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.identity.Town.PASSWORD;
import static org.stoa.identity.Town.body;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;

/** Who is spoken to in which language, on pages of their own and on those kept for everyone. */
@StoaTest
class LanguageTest {
    private static final String ENGLISH = "<html lang=\"en\" dir=\"ltr\">";
    private static final String SPANISH = "<html lang=\"es\" dir=\"ltr\">";

    @LocalServerPort private int port;

    private Town town;
    private Town.School halden;

    @BeforeEach
    void aSchool() {
        town = new Town(port);
        halden = town.school("halden");
    }

    @Test
    void aVisitorsChoiceHoldsOnEveryPageAndForNobodyElse() {
        var ana = new Visitor(port);
        var ben = new Visitor(port);
        for (int i = 0; i < 3; i++) {
            // The second and third are kept ones.
            assertThat(catalog(ben)).contains(ENGLISH, "Catalog");
        }
        choose(ana, "es");
        for (int i = 0; i < 3; i++) {
            assertThat(catalog(ana)).contains(SPANISH, "Catálogo").doesNotContain("Catalog");
            assertThat(catalog(ben)).contains(ENGLISH).doesNotContain("Catálogo");
        }
        assertThat(ana.open(halden.subdomain(), "/sign-in").body()).contains(SPANISH, "Contraseña");
        assertThat(ana.open(halden.subdomain(), "/nothing").body())
                .contains(SPANISH, "No hay nada en esta dirección");
        choose(ana, "en");
        assertThat(catalog(ana)).contains(ENGLISH);
    }

    @Test
    void keptPagesOfTwoLanguagesAreKnownApart() {
        var ana = new Visitor(port);
        choose(ana, "es");
        for (int i = 0; i < 2; i++) {
            var spanish = ana.peek(halden.subdomain(), "/courses");
            var english = new Visitor(port).peek(halden.subdomain(), "/courses");
            assertThat(spanish.header("ETag")).isNotEqualTo(english.header("ETag"));
            assertThat(spanish.header("Vary")).isEqualTo("Accept-Encoding, Cookie");
            assertThat(english.header("Vary")).isEqualTo("Accept-Encoding, Cookie");
            assertThat(spanish.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void aSchoolSpeaksToWhoeverChoseNothing() {
        var owner = owner();
        assertThat(catalog(new Visitor(port).reading("es"))).contains(ENGLISH);
        settle(owner, "es");
        assertThat(catalog(new Visitor(port).reading("en"))).contains(SPANISH);
        assertThat(catalog(new Visitor(port).reading("en"))).contains(SPANISH);
        assertThat(owner.open(halden.subdomain(), "/studio").body()).contains(SPANISH);
        var ben = new Visitor(port);
        choose(ben, "en");
        assertThat(catalog(ben)).contains(ENGLISH);
    }

    @Test
    void aSchoolMayLeaveItToTheBrowsers() {
        settle(owner(), "und");
        for (int i = 0; i < 2; i++) {
            var spanish = new Visitor(port).reading("es-MX,en;q=0.5");
            assertThat(catalog(spanish)).contains(SPANISH);
            assertThat(catalog(new Visitor(port).reading("en-GB"))).contains(ENGLISH);
            assertThat(catalog(new Visitor(port).reading("fr"))).contains(ENGLISH);
            assertThat(catalog(new Visitor(port))).contains(ENGLISH);
            assertThat(spanish.peek(halden.subdomain(), "/courses").header("Vary"))
                    .isEqualTo("Accept-Encoding, Cookie, Accept-Language");
        }
    }

    @Test
    void aPersonIsSpokenToInTheirOwnLanguageAtEveryBrowser() {
        var sam = town.pupil(halden);
        var here = signedIn(sam.email());
        assertThat(here.open(halden.subdomain(), "/learn").body()).contains(ENGLISH);
        choose(here, "es");
        assertThat(here.open(halden.subdomain(), "/learn").body()).contains(SPANISH);
        var elsewhere = signedIn(sam.email());
        assertThat(elsewhere.open(halden.subdomain(), "/learn").body()).contains(SPANISH);
        // What is kept for everyone knows the browser alone, which has been told.
        assertThat(catalog(elsewhere)).contains(SPANISH);
        assertThat(catalog(elsewhere)).contains(SPANISH);
        assertThat(catalog(new Visitor(port))).contains(ENGLISH);
        elsewhere.submit(halden.subdomain(), "/sign-out", Map.of());
        assertThat(catalog(elsewhere)).contains(ENGLISH);
        choose(here, "");
        assertThat(here.open(halden.subdomain(), "/learn").body()).contains(ENGLISH);
        assertThat(catalog(here)).contains(ENGLISH);
    }

    @Test
    void programsAreAnsweredInTheLanguageToo() {
        var sam = town.pupil(halden);
        var english = call(sam.token(), "/api/v1/courses?limit=0");
        assertThat(english.text("errors.0.message")).isEqualTo("Ask for at least 1.");
        assertThat(english.header("Content-Language")).isEqualTo("en");
        choose(signedIn(sam.email()), "es");
        var spanish = call(sam.token(), "/api/v1/courses?limit=0");
        assertThat(spanish.status()).isEqualTo(422);
        assertThat(spanish.text("errors.0.field")).isEqualTo(english.text("errors.0.field"));
        assertThat(spanish.text("errors.0.message")).isEqualTo("Pide al menos 1.");
        assertThat(spanish.header("Content-Language")).isEqualTo("es");
    }

    @Test
    void aSchoolIsFoundedInTheLanguageOfWhoFoundsIt() {
        var founder = new Visitor(port).reading("es");
        var owner = body("name", "Ana", "email", Town.email("ana"), "password", PASSWORD);
        var wish = body("name", Town.fresh("escuela"), "owner", owner);
        var founded = founder.call("POST", null, "/api/v1/organizations", null, wish);
        assertThat(founded.status()).as(founded.body()).isEqualTo(201);
        var page = new Visitor(port).reading("en").open(founded.text("subdomain"), "/courses");
        assertThat(page.body()).contains(SPANISH);
    }

    @Test
    void anUnknownLanguageAndAnotherSiteAreRefused() {
        var ana = new Visitor(port);
        assertThat(ana.submit(halden.subdomain(), "/language", Map.of("language", "tlh")).status())
                .isEqualTo(422);
        assertThat(settled(owner(), "tlh").status()).isEqualTo(422);
    }

    private String catalog(Visitor visitor) {
        return visitor.open(halden.subdomain(), "/courses").body();
    }

    private void choose(Visitor visitor, String language) {
        var answer = visitor.submit(halden.subdomain(), "/language", Map.of("language", language));
        assertThat(answer.status()).isEqualTo(200);
    }

    private Visitor owner() {
        return signedIn(halden.ownerEmail());
    }

    private Visitor signedIn(String email) {
        var visitor = new Visitor(port);
        visitor.submit(
                halden.subdomain(), "/sign-in", Map.of("email", email, "password", PASSWORD));
        assertThat(visitor.session(halden.subdomain())).isNotNull();
        return visitor;
    }

    private void settle(Visitor owner, String language) {
        assertThat(settled(owner, language).status()).isEqualTo(200);
    }

    private Answer settled(Visitor owner, String language) {
        return owner.submit(
                halden.subdomain(),
                "/admin/school",
                Map.of("name", "Halden", "language", language));
    }

    private Answer call(String token, String path) {
        return town.visitor.call("GET", halden.subdomain(), path, token, null);
    }
}
