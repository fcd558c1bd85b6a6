package org.stoa.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.media.pictures.Hostile;
import org.stoa.media.storage.Storage;
import org.stoa.tenancy.Organizations;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files from a teacher's hand to a learner's page, over HTTP. */
@StoaTest
@SuppressWarnings("NullAway.Init") // set before each
class FilesOfACourseTest {
    private static final String COURSE = "/api/v1/courses/knots";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Storage storage;
    private final Organizations organizations;
    private @LocalServerPort int port;
    private Visitor visitor;
    private School halden;

    private record School(String subdomain, String token) {}

    @Autowired
    FilesOfACourseTest(Storage storage, Organizations organizations) {
        this.storage = storage;
        this.organizations = organizations;
    }

    @BeforeEach
    void aSchoolWithADraft() throws Exception {
        visitor = new Visitor(port);
        halden = school();
    }

    private School school() throws Exception {
        var founded = visitor.found("Halden");
        var school = new School(founded.text("subdomain"), founded.text("token"));
        var zip = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.ZipOutputStream(zip)) {
            out.putNextEntry(new java.util.zip.ZipEntry("course.yaml"));
            out.write("title: Knots".getBytes(StandardCharsets.UTF_8));
            out.putNextEntry(new java.util.zip.ZipEntry("1.md"));
            out.write("# Bowline\n\nTie it.".getBytes(StandardCharsets.UTF_8));
        }
        var body = BodyPublishers.ofByteArray(zip.toByteArray());
        var brought =
                send(
                        request(school, "/api/v1/course-imports")
                                .header("Content-Type", "application/zip")
                                .POST(body));
        assertThat(brought.statusCode()).as(text(brought)).isEqualTo(201);
        return school;
    }

    @Test
    void aPictureGoesFromItsTeacherToALearner() throws Exception {
        var kept = add("Porch at  Noon.JPG", Hostile.fromAPhone(1600, 1200));
        assertThat(kept.get("path").asString()).isEqualTo("files/porch-at-noon.jpg");
        assertThat(kept.get("width").asInt()).isEqualTo(1200);
        assertThat(kept.get("height").asInt()).isEqualTo(1600);
        var lesson = write("# Bowline\n\n![A porch](file:files/porch-at-noon.jpg)");
        var small = lesson.replaceAll("(?s).*srcset=\"([^ ]*\\.avif) 360w.*", "$1");
        assertThat(small).startsWith("/media/").endsWith("/360/porch-at-noon.avif");
        assertThat(guest(small).statusCode()).as("before it is released").isEqualTo(404);
        assertThat(guest(original(kept)).statusCode()).isEqualTo(404);
        publish();
        var page = text(as(halden, "/learn/knots/bowline"));
        assertThat(page).contains("<picture><source type=\"image/avif\"", "width=\"1200\"");
        var sent = guest(small);
        assertThat(sent.statusCode()).isEqualTo(200);
        assertThat(sent.headers().firstValue("Content-Type")).hasValue("image/avif");
        assertThat(sent.headers().firstValue("Cache-Control").orElse(""))
                .contains("immutable", "public", "max-age=31536000");
        for (var width : new String[] {"360", "720", "1136"}) {
            for (var format : new String[] {"avif", "webp", "jpg"}) {
                var path = small.replace("/360/", "/" + width + "/").replace("avif", format);
                var one = guest(path);
                assertThat(one.statusCode()).as(path).isEqualTo(200);
                assertThat(new String(one.body(), StandardCharsets.ISO_8859_1))
                        .doesNotContain("GPS-SECRET");
            }
        }
        assertThat(guest(small.replace("/360/", "/361/")).statusCode()).isEqualTo(404);
        assertThat(guest(original(kept)).statusCode()).as("as it came in").isEqualTo(404);
        assertThat(as(halden, original(kept)).body()).isEqualTo(Hostile.fromAPhone(1600, 1200));
    }

    @Test
    void theSizesAreMadeBeforeAnybodyAsks() throws Exception {
        var kept = add("porch.jpg", Hostile.picture("jpg", 800, 600));
        var sha256 = kept.get("href").asString().split("/")[2];
        var id = organizations.bySubdomain(halden.subdomain()).orElseThrow().id();
        Awaitility.await().until(() -> storage.size(id, sha256 + "-800.1.jpg").isPresent());
        assertThat(storage.size(id, sha256 + "-360.1.avif")).isPresent();
        assertThat(storage.size(id, sha256 + "-720.1.webp")).isPresent();
    }

    @Test
    void whatIsNotWhatItSaysIsRefusedWithASentence() throws Exception {
        var png = Hostile.picture("png", 40, 30);
        refused(
                "rope.png",
                "<html><script>alert(1)</script>".getBytes(StandardCharsets.UTF_8),
                "is none");
        refused("rope.png", Hostile.bomb(), "50,000 × 50,000");
        refused("rope.png", Arrays.copyOf(png, 20), "broken");
        refused("empty.txt", new byte[0], "empty");
        for (var svg :
                new String[] {
                    "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
                    "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                    "<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>",
                    "<svg xmlns='http://www.w3.org/2000/svg'><a href=' java&#10;script:alert(1)'/></svg>",
                    "<!DOCTYPE svg [<!ENTITY x '<script/>'>]><svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>"
                }) {
            refused("rope.svg", svg.getBytes(StandardCharsets.UTF_8), "scripts");
        }
        refused("rope.svg", "no drawing".getBytes(StandardCharsets.UTF_8), "none");
        assertThat(list().get("items")).isEmpty();
        // What is a picture under another's name is called by its own.
        assertThat(add("rope.png", Hostile.picture("jpg", 40, 30)).get("path").asString())
                .isEqualTo("files/rope.jpg");
        // One that carries a page behind its pixels is a picture still, and is sent as no other.
        var polyglot =
                Hostile.join(png, "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        var kept = add("both.png", polyglot);
        publishWith("![Both](file:files/both.png)");
        var sent = guest(kept.get("href").asString());
        assertThat(sent.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(sent.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(new String(sent.body(), StandardCharsets.ISO_8859_1)).doesNotContain("script");
    }

    @Test
    void tooLargeIsSaidBeforeAnythingIsSent() throws Exception {
        var answer = raw("Content-Length: " + (2L << 30), 0);
        assertThat(answer).startsWith("HTTP/1.1 413").contains("A file has at most 200 MB here.");
    }

    @Test
    void whatNeverEndsIsCut() throws Exception {
        var answer = raw("Transfer-Encoding: chunked", 260);
        assertThat(answer).startsWith("HTTP/1.1 413").contains("A file has at most 200 MB here.");
        assertThat(list().get("items")).isEmpty();
    }

    @Test
    void aFileIsSentInThePartsThatAreAskedFor() throws Exception {
        var bytes = "0123456789".getBytes(StandardCharsets.UTF_8);
        var kept = add("digits.txt", bytes);
        publishWith("[Digits](file:files/digits.txt)");
        var path = kept.get("href").asString();
        part(path, "bytes=0-3", 206, "0123", "bytes 0-3/10");
        part(path, "bytes=0-", 206, "0123456789", "bytes 0-9/10");
        part(path, "bytes=4-100", 206, "456789", "bytes 4-9/10");
        part(path, "bytes=-3", 206, "789", "bytes 7-9/10");
        part(path, "bytes=-30", 206, "0123456789", "bytes 0-9/10");
        part(path, "bytes=9-9", 206, "9", "bytes 9-9/10");
        part(path, "bytes=10-", 416, "", "bytes */10");
        part(path, "bytes=-0", 416, "", "bytes */10");
        part(path, "bytes=5-2", 200, "0123456789", "");
        part(path, "bytes=0-1,4-5", 200, "0123456789", "");
        part(path, "lines=1-2", 200, "0123456789", "");
        part(path, "bytes=a-b", 200, "0123456789", "");
        var etag = guest(path).headers().firstValue("ETag").orElseThrow();
        assertThat(conditional(path, "If-Range", etag).statusCode()).isEqualTo(206);
        assertThat(conditional(path, "If-Range", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(conditional(path, "If-None-Match", etag).statusCode()).isEqualTo(304);
        assertThat(conditional(path, "If-Match", "\"other\"").statusCode()).isEqualTo(412);
        var head = send(request(null, path).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("10");
        assertThat(head.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(head.body()).isEmpty();
    }

    @Test
    void aPageAmongTheFilesIsSavedAndNotShown() throws Exception {
        var kept = add("page.html", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8));
        publishWith("[Page](file:files/page.html)");
        var sent = guest(kept.get("href").asString());
        assertThat(sent.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment");
        assertThat(sent.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("sandbox; default-src 'none'");
    }

    @Test
    void whatIsKeptWithoutARowIsNowhere() throws Exception {
        // The program ended between the bytes and the row.
        var id = organizations.bySubdomain(halden.subdomain()).orElseThrow().id();
        var bytes = "half".getBytes(StandardCharsets.UTF_8);
        var sha256 =
                java.util.HexFormat.of()
                        .formatHex(
                                java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        storage.keep(id, sha256, 4, () -> new java.io.ByteArrayInputStream(bytes));
        assertThat(as(halden, "/media/" + sha256 + "/half.txt").statusCode()).isEqualTo(404);
        assertThat(add("half.txt", bytes).get("size").asInt()).isEqualTo(4);
        assertThat(as(halden, "/media/" + sha256 + "/half.txt").statusCode()).isEqualTo(200);
    }

    @Test
    void anotherSchoolFindsNoneOfThem() throws Exception {
        var kept = add("porch.jpg", Hostile.picture("jpg", 800, 600));
        publishWith("![Porch](file:files/porch.jpg)");
        var other = school();
        for (var path : new String[] {kept.get("href").asString(), original(kept)}) {
            assertThat(as(other, path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void whatALessonUsesStaysAndTheRestMayGo() throws Exception {
        add("used.txt", "a".getBytes(StandardCharsets.UTF_8));
        add("used.txt", "b".getBytes(StandardCharsets.UTF_8));
        var again = add("used.txt", "a".getBytes(StandardCharsets.UTF_8));
        assertThat(again.get("path").asString()).isEqualTo("files/used.txt");
        write("# Bowline\n\n[Used](file:files/used.txt)");
        assertThat(list().get("items")).hasSize(2);
        assertThat(list().at("/items/0/path").asString()).isEqualTo("files/used-2.txt");
        assertThat(list().at("/items/1/used").asBoolean()).isTrue();
        assertThat(remove("files/used.txt")).isEqualTo(409);
        assertThat(remove("files/used-2.txt")).isEqualTo(204);
        assertThat(remove("files/used-2.txt")).isEqualTo(404);
    }

    @Test
    void aCoverIsFrozenWithTheReleaseAndGoesAlong() throws Exception {
        add("porch.jpg", Hostile.picture("jpg", 800, 1000));
        add("notes.txt", "No picture".getBytes(StandardCharsets.UTF_8));
        assertThat(cover("files/notes.txt")).isEqualTo(422);
        assertThat(cover("files/none.jpg")).isEqualTo(404);
        assertThat(cover("files/porch.jpg")).isEqualTo(204);
        assertThat(remove("files/porch.jpg")).isEqualTo(409);
        publish();
        assertThat(text(guest("/courses/knots")))
                .contains("class=\"cover-picture\"", "/800/porch.jpg");
        assertThat(text(guest("/courses"))).contains("class=\"cover-picture\"");
        var zip = as(halden, COURSE + "/export");
        var other = school();
        var brought =
                send(
                        request(other, "/api/v1/course-imports")
                                .header("Content-Type", "application/zip")
                                .POST(BodyPublishers.ofByteArray(zip.body())));
        assertThat(brought.statusCode()).as(text(brought)).isEqualTo(201);
        var slug = JsonMapper.shared().readTree(brought.body()).at("/course/slug").asString();
        assertThat(text(as(other, "/studio/" + slug + "/cover"))).contains("/800/porch.jpg");
        assertThat(cover("")).isEqualTo(204);
        assertThat(text(guest("/courses/knots")))
                .as("until it is published")
                .contains("/800/porch.jpg");
        publish();
        assertThat(text(guest("/courses/knots"))).doesNotContain("cover-picture");
    }

    private JsonNode add(String name, byte[] bytes) throws Exception {
        var answer = upload(name, bytes);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(201);
        return JsonMapper.shared().readTree(answer.body());
    }

    private void refused(String name, byte[] bytes, String sentence) throws Exception {
        var answer = upload(name, bytes);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(422);
        assertThat(text(answer)).contains(sentence);
    }

    private HttpResponse<byte[]> upload(String name, byte[] bytes) throws Exception {
        var path =
                COURSE + "/files?name=" + java.net.URLEncoder.encode(name, StandardCharsets.UTF_8);
        return send(
                request(halden, path)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(bytes)));
    }

    private String raw(String header, int megabytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            var out = socket.getOutputStream();
            var head =
                    "POST %s/files?name=large.bin HTTP/1.1\r\nHost: %s.localhost:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/octet-stream\r\n%s\r\n\r\n"
                            .formatted(COURSE, halden.subdomain(), port, halden.token(), header);
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            var chunk = new byte[1 << 20];
            try {
                for (int i = 0; i < megabytes; i++) {
                    out.write("100000\r\n".getBytes(StandardCharsets.ISO_8859_1));
                    out.write(chunk);
                    out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                }
            } catch (IOException hungUp) {
                // The answer is there already.
            }
            return answer(socket.getInputStream());
        }
    }

    private static String answer(InputStream in) throws IOException {
        var all = new java.io.ByteArrayOutputStream();
        try {
            for (int one = in.read(); one >= 0; one = in.read()) {
                all.write(one);
            }
        } catch (IOException reset) {
            // What came before counts.
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    private void part(String path, String range, int status, String body, String where)
            throws Exception {
        var answer = send(request(null, path).header("Range", range));
        assertThat(answer.statusCode()).as(range).isEqualTo(status);
        assertThat(text(answer)).as(range).isEqualTo(body);
        assertThat(answer.headers().firstValue("Content-Range").orElse("")).isEqualTo(where);
    }

    private HttpResponse<byte[]> conditional(String path, String name, String value)
            throws Exception {
        return send(request(null, path).header("Range", "bytes=0-1").header(name, value));
    }

    /** Writes the lesson and gives its preview. */
    private String write(String markdown) throws Exception {
        var outline = JsonMapper.shared().readTree(as(halden, COURSE + "/outline").body());
        var lesson = COURSE + "/lessons/" + outline.at("/modules/0/lessons/0/id").asString();
        var present = visitor.call("GET", halden.subdomain(), lesson, halden.token(), null);
        var body =
                Map.of(
                        "title",
                        "Bowline",
                        "markdown",
                        markdown,
                        "version",
                        present.json().get("version").asInt());
        var written = visitor.call("PUT", halden.subdomain(), lesson, halden.token(), body);
        assertThat(written.status()).as(written.body()).isEqualTo(200);
        return visitor.call(
                        "POST",
                        halden.subdomain(),
                        COURSE + "/preview",
                        halden.token(),
                        Map.of("title", "Bowline", "markdown", markdown))
                .text("html");
    }

    private void publishWith(String markdown) throws Exception {
        write("# Bowline\n\n" + markdown);
        publish();
    }

    private void publish() {
        var answer =
                visitor.call(
                        "POST", halden.subdomain(), COURSE + "/releases", halden.token(), Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private JsonNode list() throws Exception {
        return JsonMapper.shared().readTree(as(halden, COURSE + "/files").body());
    }

    private int remove(String path) throws Exception {
        return send(request(halden, COURSE + "/files?path=" + path).DELETE()).statusCode();
    }

    private int cover(String path) {
        return visitor.call(
                        "PUT",
                        halden.subdomain(),
                        COURSE + "/cover",
                        halden.token(),
                        Map.of("path", path))
                .status();
    }

    /** Where the bytes are as they came in. */
    private static String original(JsonNode file) {
        var sha256 = file.get("href").asString().split("/")[2];
        return "/media/" + sha256 + "/" + file.get("name").asString();
    }

    private HttpResponse<byte[]> guest(String path) throws Exception {
        return send(request(null, path));
    }

    private HttpResponse<byte[]> as(School school, String path) throws Exception {
        return send(request(school, path));
    }

    /** At the school's own host; of Halden for nobody. */
    private HttpRequest.Builder request(@Nullable School caller, String path) {
        var at = caller == null ? halden : caller;
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Host", at.subdomain() + ".localhost:" + port);
        return caller == null ? request : request.header("Authorization", "Bearer " + at.token());
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
