package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.identity.Town.PASSWORD;
import static org.stoa.identity.Town.body;
import static org.stoa.identity.Town.email;
import static org.stoa.identity.Town.fresh;

import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** Founding schools, over HTTP. */
@StoaTest
class SchoolsTest {
    @LocalServerPort private int port;

    private Town town;

    @BeforeEach
    void aTown() {
        town = new Town(port);
    }

    @Test
    void aSchoolIsFoundedInOneCallAndItsOwnerEntersWithTheToken() {
        var name = fresh("Music School ");
        var answer = town.found(name, null, email("owner"), PASSWORD);
        assertThat(answer.status()).isEqualTo(201);
        var subdomain = name.toLowerCase(java.util.Locale.ROOT).replace(" ", "");
        assertThat(answer.text("subdomain")).isEqualTo(subdomain);
        assertThat(answer.text("url")).isEqualTo("http://" + subdomain + ".localhost:" + port);
        assertThat(answer.header("Location")).isEqualTo(answer.text("url"));
        var me = town.visitor.call("GET", subdomain, "/api/v1/me", answer.text("token"), null);
        assertThat(me.text("role")).isEqualTo("owner");
    }

    @Test
    void anOwnersTokenMeansNothingAtAnotherSchool() {
        var halden = town.school("halden");
        var harbour = town.school("harbour");
        assertThat(town.me(harbour, halden.token()).status()).isEqualTo(401);
        assertThat(town.me(halden, halden.token()).status()).isEqualTo(200);
    }

    @Test
    void schoolsOfOneNameFoundedAtOnceGetNumbers() throws Exception {
        var name = fresh("Twin");
        var found = new HashSet<String>();
        Callable<Visitor.Answer> founding = () -> town.found(name, null, email("o"), PASSWORD);
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var foundings = IntStream.range(0, 8).mapToObj(i -> founding).toList();
            for (var answer : people.invokeAll(foundings)) {
                assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(201);
                found.add(answer.get().text("subdomain"));
            }
        }
        var base = name.toLowerCase(java.util.Locale.ROOT);
        assertThat(found).hasSize(8).contains(base, base + "2").allMatch(s -> s.startsWith(base));
    }

    @Test
    void aSchoolIsRenamedByItsAdministratorsAndKeepsItsAddress() {
        var halden = town.school("halden");
        var owner = new Visitor(port);
        owner.submit(
                halden.subdomain(),
                "/sign-in",
                Map.of("email", halden.ownerEmail(), "password", PASSWORD));
        var refused = owner.submit(halden.subdomain(), "/admin/school", Map.of("name", " \u202e"));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body()).contains("id=\"name-error\"", "Write a name.");
        var name = fresh("Lighthouse ");
        var renamed = owner.submit(halden.subdomain(), "/admin/school", Map.of("name", name));
        assertThat(renamed.body()).contains("Saved.", name);
        assertThat(new Visitor(port).open(halden.subdomain(), "/courses").body()).contains(name);
    }

    @Test
    void everyWrongFieldIsNamedTogether() {
        var answer = town.found(" ", "-Bad-", "nobody", "short");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("name", "subdomain", "owner.email", "owner.password");
        var nobody = town.visitor.call("POST", null, "/api/v1/organizations", null, body());
        assertThat(nobody.json().path("errors").findValuesAsString("field"))
                .containsExactlyInAnyOrder("name", "owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {"www", "api", "admin", "stoa", "localhost", "ADMIN"})
    void namesThatPeopleWouldTakeForStoasOwnAreRefused(String subdomain) {
        var answer = town.found("School", subdomain, email("o"), PASSWORD);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("errors.0.field")).isEqualTo("subdomain");
    }

    @Test
    void aTakenSubdomainIsRefusedAndNobodyIsKept() {
        var halden = town.school("halden");
        var email = email("late");
        var answer = town.found("Other", halden.subdomain(), email, PASSWORD);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("errors.0.field")).isEqualTo("subdomain");
        assertThat(town.signIn(halden, email, PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void namesThatDeceiveTheEyeAreRefusedAndEmojiAreKept() {
        for (var name : new String[] {"a\u202Eb", "\u0000", "x\ny", "\u200B", "n".repeat(10_000)}) {
            var answer = town.found(name, null, email("o"), PASSWORD);
            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text("errors.0.field")).isEqualTo("name");
        }
        var kept = town.found("Zirkus 🤹‍♀️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ÆØÅ", null, email("o"), PASSWORD);
        assertThat(kept.status()).isEqualTo(201);
        assertThat(kept.text("subdomain")).startsWith("zirkusaeoa");
        assertThat(town.found("🎹", null, email("o"), PASSWORD).status()).isEqualTo(201);
    }

    @Test
    void onePersonFoundsTwoSchoolsWithOneSignIn() {
        var halden = town.school("halden");
        var second = town.found(fresh("second"), null, halden.ownerEmail(), PASSWORD);
        assertThat(second.status()).isEqualTo(201);
        var me = town.me(halden, halden.token());
        assertThat(me.json().path("memberships").findValuesAsString("subdomain"))
                .contains(halden.subdomain(), second.text("subdomain"));
        var name = fresh("third");
        var other = town.found(name, name, halden.ownerEmail(), "not the right password");
        assertThat(other.status()).isEqualTo(409);
        assertThat(town.visitor.call("GET", name, "/api/v1/me", null, null).status())
                .isEqualTo(404);
    }

    @Test
    void whoStartsASchoolInTheBrowserLandsInItSignedIn() {
        var name = fresh("Art");
        var form =
                Map.of(
                        "name",
                        name,
                        "ownerName",
                        "Olga",
                        "email",
                        email("olga"),
                        "password",
                        PASSWORD);
        var landed = town.visitor.submit(null, "/start", form);
        var subdomain = name.toLowerCase(java.util.Locale.ROOT);
        assertThat(landed.address())
                .isEqualTo("http://" + subdomain + ".localhost:" + port + "/studio");
        assertThat(town.visitor.session(subdomain)).isNotNull();
        assertThat(town.visitor.open(subdomain, "/account").body()).contains("Olga");
        assertThat(town.visitor.open(null, "/schools").body()).contains(name);
    }

    @Test
    void aRefusedFormKeepsWhatWasTypedButNotThePassword() {
        var form =
                Map.of("name", "www", "subdomain", "www", "email", "x", "password", "kept-secret");
        var answer = town.visitor.submit(null, "/start", form);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body())
                .contains("is kept for Stoa itself", "name@example.com")
                .doesNotContain("kept-secret");
    }
}
