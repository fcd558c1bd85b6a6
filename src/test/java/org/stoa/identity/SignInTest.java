package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stoa.identity.Town.PASSWORD;
import static org.stoa.identity.Town.body;
import static org.stoa.identity.Town.email;

import java.util.Locale;
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

/** Signing up, in and out, in a town with two schools. */
@StoaTest
class SignInTest {
    @LocalServerPort private int port;

    private Town town;
    private Town.School halden;
    private Town.School harbour;

    @BeforeEach
    void aTownWithTwoSchools() {
        town = new Town(port);
        halden = town.school("halden");
        harbour = town.school("harbour");
    }

    @Test
    void aStudentSignsUpAndBelongsToThatSchoolOnly() {
        var sam = town.pupil(halden);
        assertThat(town.me(halden, sam.token()).text("role")).isEqualTo("student");
        assertThat(town.me(harbour, sam.token()).status()).isEqualTo(401);
    }

    @Test
    void anAccountJoinsAnotherSchoolWithItsOwnPasswordAndNoOther() {
        var sam = town.pupil(halden);
        assertThat(town.signUp(harbour, sam.email(), "somebody else's password").status())
                .isEqualTo(409);
        assertThat(town.me(harbour, sam.token()).status()).isEqualTo(401);
        assertThat(town.signUp(harbour, sam.email().toUpperCase(Locale.ROOT), PASSWORD).text("id"))
                .isEqualTo(sam.id());
        assertThat(town.me(harbour, sam.token()).text("role")).isEqualTo("student");
        assertThat(town.signUp(harbour, sam.email(), PASSWORD).status()).isEqualTo(409);
    }

    @Test
    void signingOutEndsTheSessionAtOnce() {
        var sam = town.pupil(halden);
        var token = town.signIn(halden, sam.email(), PASSWORD).text("token");
        assertThat(town.me(halden, token).status()).isEqualTo(200);
        var out = town.as("DELETE", halden, "/api/v1/sessions/current", token, null);
        assertThat(out.status()).isEqualTo(204);
        assertThat(town.me(halden, token).status()).isEqualTo(401);
        assertThat(town.me(halden, sam.token()).status()).isEqualTo(200);
    }

    @Test
    void aPersonEndsAllOtherSessions() {
        var sam = town.pupil(halden);
        var here = town.signIn(halden, sam.email(), PASSWORD).text("token");
        assertThat(town.me(halden, sam.token()).status()).isEqualTo(200);
        town.as("DELETE", halden, "/api/v1/me/sessions", here, null);
        assertThat(town.me(halden, sam.token()).status()).isEqualTo(401);
        var left = town.as("GET", halden, "/api/v1/me/sessions", here, null);
        assertThat(left.json().path("items").size()).isEqualTo(1);
    }

    @Test
    void nobodyEndsTheSessionOfAnother() {
        var sam = town.pupil(halden);
        var eve = town.pupil(halden);
        var id =
                town.as("GET", halden, "/api/v1/me/sessions", sam.token(), null).text("items.0.id");
        var answer = town.as("DELETE", halden, "/api/v1/me/sessions/" + id, eve.token(), null);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(town.me(halden, sam.token()).status()).isEqualTo(200);
    }

    @Test
    void aTokenIsShownOnceAndMeansNothingOnceRevoked() {
        var sam = town.pupil(halden);
        var made =
                town.as("POST", halden, "/api/v1/me/tokens", sam.token(), body("name", "Backup"));
        assertThat(made.status()).isEqualTo(201);
        var token = made.text("token");
        assertThat(town.me(halden, token).text("id")).isEqualTo(sam.id());
        var list = town.as("GET", halden, "/api/v1/me/tokens", sam.token(), null);
        assertThat(list.body()).doesNotContain(token).contains("Backup");
        var eve = town.pupil(halden);
        var path = "/api/v1/me/tokens/" + list.text("items.0.id");
        assertThat(town.as("DELETE", halden, path, eve.token(), null).status()).isEqualTo(404);
        assertThat(town.as("DELETE", halden, path, sam.token(), null).status()).isEqualTo(204);
        assertThat(town.me(halden, token).status()).isEqualTo(401);
    }

    @Test
    void tenWrongPasswordsCloseAnAccountForAWhileWhetherItExistsOrNot() {
        var sam = town.pupil(halden);
        var closed = guessUntilClosed(sam.email());
        var absent = guessUntilClosed(email("nobody"));
        assertThat(closed.header("Retry-After")).isNotEmpty();
        assertThat(closed.header("RateLimit-Policy")).isEqualTo(absent.header("RateLimit-Policy"));
        assertThat(closed.json().path("detail")).isEqualTo(absent.json().path("detail"));
        assertThat(town.signIn(halden, sam.email(), PASSWORD).status()).isEqualTo(429);
        var other = town.pupil(harbour);
        assertThat(town.signIn(harbour, other.email(), PASSWORD).status()).isEqualTo(201);
    }

    private Visitor.Answer guessUntilClosed(String email) {
        for (int i = 0; i < 10; i++) {
            assertThat(town.signIn(halden, email, "guess number " + i + " of ten").status())
                    .isEqualTo(401);
        }
        var closed = town.signIn(halden, email, "guess number eleven");
        assertThat(closed.status()).isEqualTo(429);
        return closed;
    }

    @Test
    void guessesSentAtOnceAreNoMoreThanTen() throws Exception {
        var sam = town.pupil(halden);
        Callable<Integer> guess = () -> town.signIn(halden, sam.email(), "a wild guess").status();
        try (var guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            var guesses = IntStream.range(0, 40).mapToObj(i -> guess).toList();
            int tried = 0;
            for (var answer : guessers.invokeAll(guesses)) {
                tried += answer.get() == 401 ? 1 : 0;
            }
            assertThat(tried).isEqualTo(10);
        }
    }

    @Test
    void aClassSignsUpAndInBehindOneAddress() throws Exception {
        Callable<Integer> student =
                () -> {
                    var email = email("class");
                    assertThat(town.signIn(halden, email, "not signed up yet").status())
                            .isEqualTo(401);
                    return town.signUp(halden, email, PASSWORD).status();
                };
        try (var classroom = Executors.newVirtualThreadPerTaskExecutor()) {
            var students = IntStream.range(0, 30).mapToObj(i -> student).toList();
            for (var answer : classroom.invokeAll(students)) {
                assertThat(answer.get()).isEqualTo(201);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b@example.org",
                "nobody",
                "@example.org",
                "a@",
                "a@b..c",
                "a@example",
                "a\u0000@example.org",
                "a@example.org\u202E",
            })
    void whatIsNoAddressIsRefusedAtTheDoorAndAtSignInAlike(String email) {
        assertThat(town.signUp(halden, email, PASSWORD).text("errors.0.field")).isEqualTo("email");
        assertThat(town.signIn(halden, email, PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void aBodyOfAnotherFormIsRefusedByName() {
        var unknown = town.as("POST", halden, "/api/v1/sessions", "", body("login", "x"));
        assertThat(unknown.status()).isIn(400, 401);
        var answer =
                town.visitor.call(
                        "POST", halden.subdomain(), "/api/v1/users", null, body("admin", true));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("errors.0.field")).isEqualTo("admin");
        var broken =
                town.visitor.call("POST", halden.subdomain(), "/api/v1/sessions", null, "{\"e");
        assertThat(broken.status()).isEqualTo(400);
    }

    @Test
    void oneSignInServesEverySchoolOfAPerson() {
        var sam = town.pupil(halden);
        town.signUp(harbour, sam.email(), PASSWORD);
        signIn(halden, sam.email());
        assertThat(town.visitor.session(null)).isNotNull();
        assertThat(town.visitor.session(harbour.subdomain())).isNull();
        town.visitor.open(null, "/sign-in/carry?to=" + harbour.subdomain() + "&next=/account");
        assertThat(town.visitor.open(harbour.subdomain(), "/account").body()).contains(sam.email());
    }

    @Test
    void thePageToSignInOffersTheSignInOfAnotherSchool() {
        var sam = town.pupil(halden);
        town.signUp(harbour, sam.email(), PASSWORD);
        signIn(halden, sam.email());
        var page = town.visitor.open(harbour.subdomain(), "/account");
        var link = "/sign-in/begin?next=%2Faccount";
        assertThat(page.body()).contains('"' + link + '"');
        var landed = town.visitor.open(harbour.subdomain(), link);
        assertThat(landed.address())
                .isEqualTo("http://" + town.visitor.host(harbour.subdomain()) + "/account");
        assertThat(landed.body()).contains(sam.email());
    }

    @Test
    void whoIsSignedInNowhereComesBackFromThePlatformToTheSchool() {
        var sam = town.pupil(halden);
        var asked =
                town.visitor.open(
                        null, "/sign-in/carry?to=" + halden.subdomain() + "&next=/account");
        assertThat(asked.address()).contains("/sign-in?next=");
        var next =
                java.net.URLDecoder.decode(
                        asked.address().replaceFirst(".*next=", ""),
                        java.nio.charset.StandardCharsets.UTF_8);
        var form = Map.of("email", sam.email(), "password", PASSWORD, "next", next);
        assertThat(town.visitor.submit(null, "/sign-in", form).address())
                .isEqualTo("http://" + town.visitor.host(halden.subdomain()) + "/account");
    }

    @Test
    void signingOutAtOneSchoolSignsOutEverywhere() {
        var sam = town.pupil(halden);
        town.signUp(harbour, sam.email(), PASSWORD);
        signIn(halden, sam.email());
        town.visitor.open(null, "/sign-in/carry?to=" + harbour.subdomain());
        var stale = town.visitor.session(harbour.subdomain());
        town.visitor.submit(halden.subdomain(), "/sign-out", Map.of());
        assertThat(town.me(harbour, String.valueOf(stale)).status()).isEqualTo(401);
        assertThat(town.visitor.open(harbour.subdomain(), "/account").address())
                .contains("/sign-in?next=");
        assertThat(town.visitor.open(null, "/schools").address()).contains("/sign-in?next=");
    }

    @Test
    void aCodeServesOnceAndAtItsOwnSchoolOnly() {
        var sam = town.pupil(halden);
        town.signUp(harbour, sam.email(), PASSWORD);
        signIn(halden, sam.email());
        var path = codeFor(harbour);
        town.visitor.open(halden.subdomain(), "/sign-in/begin");
        var stale = town.visitor.session(halden.subdomain());
        town.visitor.open(halden.subdomain(), path);
        assertThat(town.visitor.session(halden.subdomain())).isEqualTo(stale);
        town.visitor.peek(harbour.subdomain(), path);
        var begun = town.visitor.session(harbour.subdomain());
        assertThat(begun).isNotNull();
        town.visitor.peek(harbour.subdomain(), path);
        assertThat(town.visitor.session(harbour.subdomain())).isEqualTo(begun);
    }

    @Test
    void aCodeServesOnlyInTheBrowserThatAskedForIt() {
        var sam = town.pupil(halden);
        town.signUp(harbour, sam.email(), PASSWORD);
        signIn(halden, sam.email());
        var victim = new Visitor(port);
        victim.peek(harbour.subdomain(), "/sign-in/begin");
        victim.open(harbour.subdomain(), codeFor(harbour));
        assertThat(victim.session(harbour.subdomain())).isNull();
        var asked = town.visitor.peek(null, "/sign-in/ask?at=" + halden.subdomain());
        var offered = town.visitor.peek(halden.subdomain(), pathOf(asked));
        victim.peek(null, "/sign-in/ask?at=" + halden.subdomain());
        victim.open(null, pathOf(offered));
        assertThat(victim.session(null)).isNull();
        assertThat(town.visitor.session(null)).isNotNull();
    }

    /** Where the platform sends this visitor with a code for a school. */
    private String codeFor(Town.School school) {
        var begun = town.visitor.peek(school.subdomain(), "/sign-in/begin");
        return pathOf(town.visitor.peek(null, pathOf(begun)));
    }

    private static String pathOf(Visitor.Answer answer) {
        return answer.header("Location").replaceFirst("^http://[^/]+", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example",
                "http://localhost@evil.example/",
                "http://localhost.evil.example/",
                "javascript:alert(1)",
            })
    void noSignInLeadsOutOfTheInstallation(String elsewhere) {
        var encoded =
                java.net.URLEncoder.encode(elsewhere, java.nio.charset.StandardCharsets.UTF_8);
        assertThat(
                        town.visitor
                                .peek(null, "/sign-in/keep?code=x&back=" + encoded)
                                .header("Location"))
                .isEqualTo("/schools");
        assertThat(
                        town.visitor
                                .peek(halden.subdomain(), "/sign-in/arrive?code=x&next=" + encoded)
                                .header("Location"))
                .isEqualTo("/sign-in?next=%2Flearn");
        var sam = town.pupil(halden);
        var form = Map.of("email", sam.email(), "password", PASSWORD, "next", elsewhere);
        assertThat(town.visitor.submit(halden.subdomain(), "/sign-in", form).address())
                .startsWith("http://" + town.visitor.host(halden.subdomain()) + "/");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        var forged = new Visitor(port);
        var answer = forged.call("POST", halden.subdomain(), "/sign-in", null, body("email", "x"));
        assertThat(answer.status()).isEqualTo(403);
    }

    private void signIn(Town.School school, String email) {
        var landed =
                town.visitor.submit(
                        school.subdomain(),
                        "/sign-in",
                        Map.of("email", email, "password", PASSWORD, "next", "/account"));
        assertThat(landed.status()).isEqualTo(200);
        assertThat(landed.body()).contains(email);
    }
}
