package org.stoa.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.testing.StoaTest;
import tools.jackson.databind.json.JsonMapper;

/** What stands around the answers: what browsers are told to refuse, keep and count. */
@StoaTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadersTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String PASSWORD = "a long walk along the sea";
    private static final String PICTURE = "a picture of knots";
    private static final Pattern INLINE =
            Pattern.compile(
                    "<style|\\sstyle=|\\son[a-z]+=|<script(?![^>]*\\ssrc=)|javascript:|\\shx-on|[\"']js:",
                    Pattern.CASE_INSENSITIVE);

    private final int port;
    private final String school = "knots-" + UUID.randomUUID().toString().substring(0, 8);
    private final String token;
    private final String media;

    @Autowired
    HeadersTest(@LocalServerPort int port) {
        this.port = port;
        var body =
                """
                {"name": "Knots", "subdomain": "%s",
                 "owner": {"name": "Olga", "email": "%s@example.org", "password": "%s"}}
                """
                        .formatted(school, school, PASSWORD);
        var type = Map.of("Content-Type", "application/json");
        var founded = call(null, "POST", "/api/v1/organizations", type, bytes(body));
        assertThat(founded.statusCode()).as(text(founded)).isEqualTo(201);
        token = JsonMapper.shared().readTree(founded.body()).get("token").asString();
        publish("Bowlines");
        media =
                Pattern.compile("/media/[0-9a-f]{64}/p.png")
                        .matcher(text(page("/learn/course/the-lesson")))
                        .results()
                        .findFirst()
                        .orElseThrow()
                        .group();
    }

    @TestFactory
    Stream<DynamicTest> everyAnswerTellsTheBrowserWhatToRefuse() {
        var none = Map.<String, String>of();
        var answers = new HashMap<String, HttpResponse<byte[]>>();
        answers.put("a page", page("/studio"));
        answers.put("a page of the platform", call(null, "GET", "/start", none, null));
        publish("Splices");
        answers.put("a page for the first time", guest("/courses/course"));
        answers.put("a page that is kept", guest("/courses/course"));
        answers.put("a page that is not kept", guest("/courses/course?by=letter"));
        answers.put("a page that is known", known());
        answers.put("a fragment", guest("/fragments/corner"));
        answers.put("a redirect", guest("/learn"));
        answers.put("the API", guest("/api/v1/courses"));
        answers.put("the API's description", guest("/api/v1/openapi.json"));
        answers.put("a page that is not there", guest("/nothing/here"));
        answers.put("an API's address that is not there", guest("/api/v1/nothing"));
        answers.put("a call of nobody", guest("/api/v1/me"));
        answers.put("a wrong value", guest("/api/v1/courses?limit=0"));
        answers.put("a method not taken", call(school, "DELETE", "/courses", bearer(), null));
        answers.put("a form without its token", call(school, "POST", "/sign-in", none, null));
        answers.put("a host of nobody", call("no-such-school", "GET", "/", none, null));
        answers.put("an asset that is not there", guest("/assets/none.js"));
        answers.put("a file of a course", guest(media));
        answers.put("a file that is not there", guest("/media/" + "0".repeat(64) + "/p.png"));
        answers.put("a health check", guest("/livez"));
        answers.put("an address that deceives", guest("/courses/%2e%2e/x"));
        answers.put("an address with a semicolon", guest("/courses;x=1"));
        return answers.entrySet().stream()
                .map(answer -> dynamicTest(answer.getKey(), () -> guarded(answer.getValue())));
    }

    private static void guarded(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).isLessThan(500);
        for (var header :
                List.of(
                        "Content-Security-Policy",
                        "X-Content-Type-Options",
                        "X-Frame-Options",
                        "Referrer-Policy",
                        "Cross-Origin-Opener-Policy",
                        "Cross-Origin-Resource-Policy",
                        "Permissions-Policy")) {
            assertThat(answer.headers().allValues(header)).as(header).hasSize(1);
        }
        var policy = header(answer, "Content-Security-Policy");
        if (policy.startsWith("sandbox")) {
            // A drawing that somebody brought may be coloured, and do nothing at all.
            assertThat(policy).isEqualTo("sandbox; default-src 'none'; style-src 'unsafe-inline'");
        } else {
            assertThat(policy)
                    .contains("default-src 'self'")
                    .contains("object-src 'none'")
                    .contains("base-uri 'none'")
                    .contains("frame-ancestors 'none'")
                    .contains("form-action 'self'")
                    .doesNotContain("unsafe");
        }
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        // Over plain http a browser would not heed it, and localhost must not be pinned.
        assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> noPageHasAScriptOrAStyleInIt() {
        var pages =
                Stream.of(
                        "/courses",
                        "/courses?q=bowline",
                        "/courses/course",
                        "/courses/course/join",
                        "/fragments/search?q=bowline",
                        "/fragments/standing/course",
                        "/fragments/corner",
                        "/learn",
                        "/learn/course/the-lesson",
                        "/account",
                        "/admin/members",
                        "/admin/jobs",
                        "/studio",
                        "/studio/import",
                        "/studio/course",
                        "/styleguide",
                        "/api",
                        "/nothing/here");
        var signedIn = pages.map(path -> dynamicTest(path, () -> nothingInline(page(path))));
        var guests =
                Stream.of("/sign-in", "/sign-up?next=/learn", "/courses/nothing")
                        .map(path -> dynamicTest(path, () -> nothingInline(guest(path))));
        var platform =
                Stream.of("/", "/start", "/start/subdomain?name=Knots", "/sign-in", "/schools")
                        .map(path ->
                                dynamicTest(
                                        "platform " + path,
                                        () ->
                                                nothingInline(
                                                        call(null, "GET", path, bearer(), null))));
        return Stream.of(signedIn, guests, platform).flatMap(tests -> tests);
    }

    private static void nothingInline(HttpResponse<byte[]> answer) {
        var page = text(answer);
        assertThat(answer.statusCode()).isIn(200, 303, 404);
        assertThat(INLINE.matcher(page).results().map(found -> found.group()).toList()).isEmpty();
        assertThat(page).doesNotContainPattern("(src|href)=\"https?://(?![a-z0-9.-]*localhost)");
    }

    @Test
    void aSessionsCookieIsOutOfReachOfScriptsAndOtherSites() {
        var cookie = sessionCookie(Map.of());
        assertThat(cookie)
                .startsWith("stoa=")
                .contains("; Path=/", "; HttpOnly", "; SameSite=Lax")
                .doesNotContain("Domain=")
                .doesNotContain("Secure");
    }

    /** Whoever calls could write these headers; they count only where a proxy is configured. */
    @Test
    void headersOfAProxyMeanNothingUnlessConfigured() {
        var forged =
                Map.of(
                        "X-Forwarded-Proto", "https",
                        "X-Forwarded-Host", "evil.example",
                        "X-Forwarded-For", "203.0.113.7",
                        "Forwarded", "proto=https;host=evil.example");
        assertThat(sessionCookie(forged)).startsWith("stoa=").doesNotContain("Secure");
        var answer = call(school, "GET", "/", forged, null);
        assertThat(header(answer, "Location")).doesNotContain("evil");
        assertThat(header(answer, "Strict-Transport-Security")).isEmpty();
    }

    @Test
    void whatIsPersonalIsKeptByNobody() {
        for (var path :
                List.of(
                        "/learn",
                        "/account",
                        "/studio",
                        "/fragments/corner",
                        "/learn/course/the-lesson",
                        "/fragments/standing/course",
                        "/api/v1/me",
                        "/api/v1/me/enrollments",
                        "/api/v1/members",
                        "/api/v1/me/tokens")) {
            assertThat(header(page(path), "Cache-Control")).as(path).contains("no-store");
        }
        assertThat(header(guest("/nothing"), "Cache-Control")).isEqualTo("no-store");
        assertThat(header(guest("/learn"), "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void aPublicPageIsTheSameForEverybodyAndSetsNoCookie() {
        publish("Hitches");
        for (int i = 0; i < 2; i++) {
            var answer = guest("/courses/course");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(header(answer, "Cache-Control")).contains("public");
            assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding, Cookie");
            assertThat(answer.body()).isEqualTo(page("/courses/course").body());
        }
    }

    @Test
    void aPageThatIsKnownIsNotSentAgainInEitherForm() throws IOException {
        var path = "/courses/course";
        publish("Bends");
        for (int i = 0; i < 2; i++) {
            var plain = guest(path);
            var packed = gzip(path, Map.of());
            assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
            assertThat(header(plain, "ETag")).isNotEmpty().isNotEqualTo(header(packed, "ETag"));
            try (var in = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                assertThat(in.readAllBytes()).isEqualTo(plain.body());
            }
            for (var form : List.of(plain, packed)) {
                var tag = Map.of("If-None-Match", header(form, "ETag"));
                boolean same = form == plain;
                var again = same ? call(school, "GET", path, tag, null) : gzip(path, tag);
                assertThat(again.statusCode()).isEqualTo(304);
                assertThat(again.body()).isEmpty();
                assertThat(header(again, "ETag")).isEqualTo(header(form, "ETag"));
                var other = same ? gzip(path, tag) : call(school, "GET", path, tag, null);
                assertThat(other.statusCode()).isEqualTo(200);
            }
        }
        var head = call(school, "HEAD", path, Map.of(), null);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(header(head, "ETag")).isEqualTo(header(guest(path), "ETag"));
    }

    @Test
    void publishingChangesTheKeptPageAtOnce() {
        publish("Bowlines");
        var before = guest("/courses/course");
        assertThat(text(before)).contains("Bowlines");
        assertThat(text(guest("/courses"))).doesNotContain("Sheepshanks");
        publish("Sheepshanks");
        var after = guest("/courses/course");
        assertThat(text(after)).contains("Sheepshanks").doesNotContain("Bowlines");
        assertThat(text(guest("/courses"))).contains("Sheepshanks");
        var tag = Map.of("If-None-Match", header(before, "ETag"));
        assertThat(call(school, "GET", "/courses/course", tag, null).statusCode()).isEqualTo(200);
    }

    @Test
    void anAssetCarriesNoMoreThanItNeeds() {
        var answer = guest(asset());
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(answer.headers().map()).hasSizeLessThan(12);
    }

    @Test
    void assetsAndFilesAreKeptForAYear() {
        for (var path : List.of(asset(), media)) {
            var answer = guest(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(header(answer, "Cache-Control"))
                    .as(path)
                    .contains("max-age=31536000", "public", "immutable");
        }
    }

    @Test
    void everyAnswerOfTheApiSaysWhatIsLeft() {
        for (var answer :
                List.of(page("/api/v1/me"), guest("/api/v1/courses"), guest("/api/v1/me"))) {
            assertThat(header(answer, "RateLimit-Policy")).matches("\"[a-z]+\";q=\\d+;w=\\d+");
            assertThat(header(answer, "RateLimit")).matches("\"[a-z]+\";r=\\d+;t=\\d+");
            assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        }
    }

    /** What is refused whether or not the account exists, see SignInTest; here, how it is said. */
    @Test
    void aRefusalForTooManyGuessesSaysWhenToComeBack() {
        var body =
                bytes(
                        "{\"email\": \"%s@example.org\", \"password\": \"a guess\"}"
                                .formatted(UUID.randomUUID()));
        var type = Map.of("Content-Type", "application/json");
        for (int i = 0; i < 10; i++) {
            assertThat(call(school, "POST", "/api/v1/sessions", type, body).statusCode())
                    .isEqualTo(401);
        }
        var refused = call(school, "POST", "/api/v1/sessions", type, body);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(header(refused, "Retry-After"))).isBetween(1, 900);
        assertThat(header(refused, "RateLimit")).startsWith("\"account\";r=0;t=");
        assertThat(header(refused, "Content-Type")).isEqualTo("application/problem+json");
    }

    private String sessionCookie(Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("Cookie", "XSRF-TOKEN=fits");
        headers.put("X-XSRF-TOKEN", "fits");
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        var form = "email=" + school + "@example.org&password=" + PASSWORD.replace(' ', '+');
        var answer = call(school, "POST", "/sign-in", headers, bytes(form));
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(303);
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(cookie -> cookie.contains("stoa="))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<byte[]> known() {
        var tag = header(guest("/courses/course"), "ETag");
        var answer = call(school, "GET", "/courses/course", Map.of("If-None-Match", tag), null);
        assertThat(answer.statusCode()).isEqualTo(304);
        return answer;
    }

    private String asset() {
        var found = Pattern.compile("/assets/stoa-[^\"]+\\.css").matcher(text(guest("/courses")));
        assertThat(found.find()).isTrue();
        return found.group();
    }

    /** Brings the course in under this title, and publishes it. */
    private void publish(String title) {
        var zip = new java.io.ByteArrayOutputStream();
        try (var out = new ZipOutputStream(zip)) {
            for (var file :
                    Map.of(
                                    "course.yaml",
                                    "id: course\ntitle: Course\ncategory: " + title,
                                    "1-the-lesson.md",
                                    "# The lesson\n\nTie a bowline. ![P](p.png)",
                                    "p.png",
                                    PICTURE)
                            .entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(bytes(file.getValue()));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        var headers = new HashMap<>(bearer());
        headers.put("Content-Type", "application/zip");
        var imported = call(school, "POST", "/api/v1/course-imports", headers, zip.toByteArray());
        assertThat(imported.statusCode()).as(text(imported)).isEqualTo(201);
        var published = call(school, "POST", "/api/v1/courses/course/releases", bearer(), null);
        assertThat(published.statusCode()).as(text(published)).isEqualTo(201);
    }

    @Test
    void aFormThatIsTooOldIsToldWhatToDo() {
        var headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        var page = call(school, "POST", "/sign-in", headers, bytes("email=a&password=b"));
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(text(page))
                .contains("This page is out of date")
                .contains("Go back, reload it and send again.")
                .doesNotContain("Forbidden", "Sign in as somebody");
    }

    private HttpResponse<byte[]> guest(String path) {
        return call(school, "GET", path, Map.of(), null);
    }

    private HttpResponse<byte[]> page(String path) {
        return call(school, "GET", path, bearer(), null);
    }

    private HttpResponse<byte[]> gzip(String path, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("Accept-Encoding", "gzip, deflate, br");
        return call(school, "GET", path, headers, null);
    }

    private Map<String, String> bearer() {
        return Map.of("Authorization", "Bearer " + Objects.requireNonNull(token));
    }

    private HttpResponse<byte[]> call(
            @Nullable String subdomain,
            String method,
            String path,
            Map<String, String> headers,
            byte @Nullable [] body) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header(
                                "Host",
                                (subdomain == null ? "" : subdomain + ".") + "localhost:" + port)
                        .header("Accept", path.startsWith("/api/v1") ? "*/*" : "text/html,*/*")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
