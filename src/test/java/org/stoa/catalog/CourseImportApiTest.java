package org.stoa.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.testing.StoaTest;
import tools.jackson.databind.json.JsonMapper;

/** Courses in and out over HTTP, and their files. */
@StoaTest
class CourseImportApiTest {
    private static final String SVG =
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();
    private @LocalServerPort int port;
    private String school = "";
    private String token = "";

    @BeforeEach
    void aSchool() throws Exception {
        school = "halden-" + UUID.randomUUID().toString().substring(0, 8);
        var body =
                """
                {"name": "Halden", "subdomain": "%s", "owner":
                 {"name": "Ines", "email": "%s@example.org", "password": "a long enough secret"}}
                """
                        .formatted(school, school);
        var founded =
                http.send(
                        HttpRequest.newBuilder(address("/api/v1/organizations"))
                                .header("Host", "localhost:" + port)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(founded.statusCode()).as(founded.body()).isEqualTo(201);
        token = json.readTree(founded.body()).get("token").asString();
    }

    @Test
    void aZipIsImportedLookedOverPublishedAndExported() throws Exception {
        var imported = post("/api/v1/course-imports", "application/zip", zip());
        assertThat(imported.statusCode()).as(text(imported)).isEqualTo(201);
        var answer = json.readTree(imported.body());
        assertThat(answer.at("/course/slug").asString()).isEqualTo("knots");
        assertThat(answer.at("/course/title").asString()).isEqualTo("Knots");
        assertThat(answer.at("/report/0/file").asString()).isEqualTo("1-bowline.md");
        assertThat(answer.at("/report/0/line").asInt()).isEqualTo(5);
        assertThat(text(get("/studio"))).contains("Knots", "Draft");
        assertThat(text(get("/studio/knots"))).contains("Publish release 1", "Bowline");
        var published =
                post("/studio/knots/releases", "application/x-www-form-urlencoded", "note=New");
        assertThat(published.statusCode()).isEqualTo(303);
        assertThat(text(get("/studio/knots/releases?published=1")))
                .contains("Release 1 is published.");
        assertThat(text(get("/studio/knots"))).contains("The draft and release 1 are the same.");
        var twice = post("/studio/knots/releases", "application/x-www-form-urlencoded", "");
        assertThat(twice.headers().firstValue("Location"))
                .hasValue("/studio/knots/publish?unchanged=1");
        assertThat(text(get("/studio/knots/publish?unchanged=1")))
                .contains("Nothing that learners read has changed");
        assertThat(text(get("/courses/knots")))
                .contains("<p class=\"release-note\" dir=\"auto\">New</p>");
        var exported = get("/api/v1/courses/knots/export");
        assertThat(exported.headers().firstValue("Content-Type")).hasValue("application/zip");
        var again = post("/api/v1/course-imports", "application/octet-stream", exported.body());
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(text(get("/studio/knots"))).contains("The draft and release 1 are the same.");
        assertThat(get("/studio/knots/export").body()).isEqualTo(exported.body());
    }

    @Test
    void aFormBringsACourseInOrSaysWhatIsWrong() throws Exception {
        var form = "multipart/form-data; boundary=edge";
        var good = post("/studio/import", form, part("knots.zip", zip()));
        assertThat(good.statusCode()).as(text(good)).isEqualTo(200);
        assertThat(text(good)).contains("Knots", "1 lesson");
        var bad =
                post(
                        "/studio/import",
                        form,
                        part("knots.zip", "no zip".getBytes(StandardCharsets.UTF_8)));
        assertThat(bad.statusCode()).isEqualTo(422);
        assertThat(text(bad)).contains("This is not a zip archive, or it is damaged.");
        assertThat(post("/api/v1/course-imports", form, part("knots.zip", zip())).statusCode())
                .isEqualTo(201);
    }

    @Test
    void whatIsNoZipIsRefused() throws Exception {
        assertThat(post("/api/v1/course-imports", "application/json", "{}").statusCode())
                .isEqualTo(415);
        assertThat(post("/api/v1/course-imports", "application/zip", "").statusCode())
                .isEqualTo(422);
        assertThat(post("/api/v1/course-imports", "application/zip", "PK").statusCode())
                .isEqualTo(422);
        assertThat(text(get("/studio"))).contains("No course yet");
    }

    @Test
    void aFileIsServedToItsSchoolAloneInRangesAndWithoutItsScripts() throws Exception {
        post("/api/v1/course-imports", "application/zip", zip());
        post("/api/v1/courses/knots/releases", "application/json", "{}");
        var digest = java.security.MessageDigest.getInstance("SHA-256");
        var sha256 =
                java.util.HexFormat.of()
                        .formatHex(digest.digest(SVG.getBytes(StandardCharsets.UTF_8)));
        var path = "/media/" + sha256 + "/rope.svg";
        var whole = get(path);
        assertThat(text(whole)).isEqualTo(SVG);
        var headers = whole.headers();
        assertThat(headers.firstValue("Content-Type")).hasValue("image/svg+xml");
        assertThat(headers.firstValue("ETag")).hasValue("\"" + sha256 + "\"");
        assertThat(headers.firstValue("Cache-Control").orElse(""))
                .contains("max-age=31536000", "public", "immutable");
        assertThat(headers.allValues("Content-Security-Policy"))
                .containsExactly("sandbox; default-src 'none'; style-src 'unsafe-inline'");
        var range = send(request(path).header("Range", "bytes=0-3"));
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(text(range)).isEqualTo("<svg");
        assertThat(send(request(path).header("If-None-Match", '"' + sha256 + '"')).statusCode())
                .isEqualTo(304);
        aSchool();
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(get("/media/nothing/rope.svg").statusCode()).isEqualTo(404);
    }

    private static byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file :
                    Map.of(
                                    "course.yaml",
                                    "title: Knots",
                                    "1-bowline.md",
                                    "# Bowline\n\n![Rope](rope.svg)\n\n![Gone](gone.png)",
                                    "rope.svg",
                                    SVG)
                            .entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] part(String name, byte[] content) throws IOException {
        var body = new ByteArrayOutputStream();
        var head =
                "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
                        .formatted(name);
        body.write(head.getBytes(StandardCharsets.UTF_8));
        body.write(content);
        body.write("\r\n--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<byte[]> post(String path, String type, String body) throws Exception {
        return post(path, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> post(String path, String type, byte[] body) throws Exception {
        BodyPublisher content = BodyPublishers.ofByteArray(body);
        return send(request(path).header("Content-Type", type).POST(content));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path))
                .header("Host", school + ".localhost:" + port)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
