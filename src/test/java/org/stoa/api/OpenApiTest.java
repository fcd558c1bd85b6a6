package org.stoa.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;
import tools.jackson.databind.JsonNode;

/** The API's description holds to the recommended rules of the linter that most people use. */
@StoaTest
class OpenApiTest {
    // The last line that runs on the Node.js of Debian 12.
    private static final String LINTER = "@redocly/cli@1.34.5";

    private @LocalServerPort int port;

    /** The calls that other programs hold on to, with the answers that tell something. */
    private static final Map<String, String> TABLE =
            Map.ofEntries(
                    Map.entry("POST /api/v1/organizations", "201 400 409 413 415 422 429"),
                    Map.entry("POST /api/v1/users", "201 400 409 413 415 422 429"),
                    Map.entry("POST /api/v1/sessions", "201 400 401 413 415 422 429"),
                    Map.entry("GET /api/v1/me", "200 401 429"),
                    Map.entry("GET /api/v1/courses", "200 400 422 429"),
                    Map.entry("GET /api/v1/courses/{slug}", "200 404 429"),
                    Map.entry(
                            "POST /api/v1/courses/{slug}/enrollments",
                            "200 201 401 402 403 404 409 429"),
                    Map.entry("GET /api/v1/me/enrollments", "200 400 401 403 422 429"),
                    Map.entry(
                            "PUT /api/v1/me/lessons/{lessonId}/progress",
                            "200 400 401 403 404 413 415 422 429"),
                    Map.entry(
                            "POST /api/v1/me/progress-batches", "200 400 401 403 413 415 422 429"),
                    Map.entry("GET /api/v1/me/events", "200 401 403 429"),
                    Map.entry("POST /api/v1/course-imports", "201 400 401 403 413 415 422 429"),
                    Map.entry(
                            "POST /api/v1/courses/{slug}/releases", "201 400 401 403 404 422 429"),
                    Map.entry("GET /api/v1/members", "200 400 401 403 422 429"),
                    Map.entry("POST /api/v1/members", "201 400 401 403 409 413 415 422 429"),
                    Map.entry("GET /api/v1/platform/organizations", "200 400 401 403 422 429"),
                    Map.entry("GET /api/v1/platform/users", "200 400 401 403 422 429"));

    @Test
    void everyCallIsDescribedWithItsAnswersAndAnExampleOfEach() {
        var description = description().json();
        TABLE.forEach((call, statuses) -> {
            var parts = call.split(" ", -1);
            var operation =
                    description
                            .path("paths")
                            .path(parts[1])
                            .path(parts[0].toLowerCase(Locale.ROOT));
            assertThat(operation.path("summary").asString("")).as(call).isNotEmpty();
            assertThat(operation.path("responses").propertyNames())
                    .as(call)
                    .contains(statuses.split(" ", -1));
            for (var status : statuses.split(" ", -1)) {
                shown(call + " " + status, description, operation.path("responses").path(status));
            }
            for (var body : operation.path("requestBody").path("content").properties()) {
                boolean json = body.getKey().equals("application/json");
                assertThat(body.getValue().has("example")).as(call).isEqualTo(json);
            }
        });
    }

    private static void shown(String what, JsonNode description, JsonNode answer) {
        var reference = answer.path("$ref").asString("");
        var whole = reference.isEmpty() ? answer : description.at(reference.substring(1));
        var content = whole.path("content").properties().iterator().next();
        assertThat(content.getValue().has("schema")).as(what).isTrue();
        assertThat(content.getValue().has("example") || what.endsWith("402")).as(what).isTrue();
        if (what.matches(".* 4..")) {
            assertThat(content.getKey()).as(what).isEqualTo("application/problem+json");
            assertThat(content.getValue().at("/schema/$ref").asString()).endsWith("/Problem");
        }
    }

    private Answer description() {
        return new Visitor(port).call("GET", null, "/api/v1/openapi.json", null, null);
    }

    @Test
    void thePageToTryItHoldsToTheStrictPolicy() {
        var school = ApiSchool.open(port).subdomain();
        var page = new Visitor(port).open(school, "/api");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'self'")
                .doesNotContain("unsafe", "http:", "https:");
        assertThat(page.body())
                .contains("data-specification=\"/api/v1/openapi.json\"")
                .doesNotContainPattern("<script(?![^>]* src=\"/assets/)")
                .doesNotContainPattern("<[^>]+ (style|on[a-z]+)=");
        assertThat(
                        new Visitor(port)
                                .call("GET", school, "/api/v1/openapi.json", null, null)
                                .status())
                .isEqualTo(200);
    }

    @Test
    void theDescriptionLintsClean(@TempDir Path folder) throws Exception {
        var answer = description();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("openapi")).startsWith("3.1");
        Files.writeString(folder.resolve("openapi.json"), answer.body());
        var linter =
                new ProcessBuilder("npx", "--yes", LINTER, "lint", "openapi.json")
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("findings.txt").toFile());
        linter.environment().put("REDOCLY_TELEMETRY", "off");
        linter.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
        var run = linter.start();
        assertThat(run.waitFor(5, TimeUnit.MINUTES)).as("The linter ends").isTrue();
        var findings = Files.readString(folder.resolve("findings.txt"));
        assertThat(run.exitValue()).as(findings).isZero();
        assertThat(findings).contains("is valid").doesNotContain("[1]", "warning");
    }
}
