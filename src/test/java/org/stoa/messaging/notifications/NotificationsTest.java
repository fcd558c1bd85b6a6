package org.stoa.messaging.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.stoa.messaging.Post;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.StoaTest;
import org.stoa.testing.Visitor;

/** A school with a course tells its learners what happens in it. */
@StoaTest
class NotificationsTest {
    private static final String PASSWORD = Visitor.PASSWORD;

    @LocalServerPort private int port;

    private final Post post;
    private Visitor visitor = new Visitor(0);
    private String school = "";
    private String owner = "";

    /** Somebody who learns. */
    private record Learner(String email, String token) {}

    @Autowired
    NotificationsTest(ServiceDatabase service) {
        post = new Post(service);
    }

    @BeforeEach
    void aSchoolWithACourse() throws Exception {
        visitor = new Visitor(port);
        var founded = visitor.found("Halden");
        school = founded.text("subdomain");
        owner = founded.text("token");
        bring(Map.of("01-knots/01-bowline.md", "# Bowline\n\nA loop."));
        publish();
    }

    @Test
    void whoJoinsIsToldOnceInsideStoaAndByMail() {
        var sam = learner();
        var told = awaited(sam, 1);
        assertThat(told.text("items.0.kind")).isEqualTo("enrolled");
        assertThat(told.text("items.0.words")).contains("Knots");
        assertThat(told.text("items.0.path")).isEqualTo("/learn/knots");
        assertThat(post.kept("enrolled", sam.email()).text()).contains("Knots", "/learn/knots");
        var ann = learner();
        awaited(ann, 1);
        assertThat(call(sam, "GET", "/api/v1/me/notifications", null).text("unread"))
                .isEqualTo("1");
    }

    @Test
    void aReleaseIsToldToWhoLearnsAndItsNewLessonByMail() throws Exception {
        var sam = learner();
        awaited(sam, 1);
        bring(
                Map.of(
                        "01-knots/01-bowline.md", "# Bowline\n\nA loop.",
                        "01-knots/02-reef.md", "# Reef knot\n\nTwo ends."));
        publish();
        var told = awaited(sam, 2);
        assertThat(told.text("items.0.kind")).isEqualTo("released");
        assertThat(told.text("items.0.words")).contains("Knots");
        assertThat(post.kept("lesson-open", sam.email()).text()).contains("Reef knot");
        // The same again is no release, and nobody is told twice.
        publish();
        var ann = learner();
        awaited(ann, 1);
        assertThat(call(sam, "GET", "/api/v1/me/notifications", null).text("unread"))
                .isEqualTo("2");
        assertThat(post.of("lesson-open", sam.email())).hasSize(1);
    }

    @Test
    void theCountIsRightOnEveryDevice() throws Exception {
        var sam = learner();
        var id = awaited(sam, 1).text("items.0.id");
        var browser = new Visitor(port);
        browser.submit(school, "/sign-in", Map.of("email", sam.email(), "password", PASSWORD));
        assertThat(browser.open(school, "/fragments/bell").body()).contains(">1<");
        var heard = hears(sam);
        assertThat(
                        call(sam, "PUT", "/api/v1/me/notifications/" + id, Map.of("read", true))
                                .status())
                .isEqualTo(204);
        assertThat(heard.get(120, TimeUnit.SECONDS)).isEqualTo("event: notification");
        assertThat(browser.open(school, "/fragments/bell").body()).doesNotContain("bell-count");
        call(sam, "PUT", "/api/v1/me/notifications/" + id, Map.of("read", false));
        assertThat(browser.open(school, "/fragments/bell").body()).contains(">1<");
        // Opening one reads it; looking at the list does not.
        assertThat(browser.open(school, "/notifications").body()).contains("not read");
        assertThat(browser.open(school, "/fragments/bell").body()).contains(">1<");
        assertThat(browser.submit(school, "/notifications/" + id + "/open", Map.of()).address())
                .contains("/learn/knots");
        assertThat(browser.open(school, "/fragments/bell").body()).doesNotContain("bell-count");
        call(sam, "PUT", "/api/v1/me/notifications/" + id, Map.of("read", false));
        assertThat(call(sam, "POST", "/api/v1/me/notifications/read-all", null).status())
                .isEqualTo(204);
        assertThat(call(sam, "GET", "/api/v1/me/notifications", null).text("unread"))
                .isEqualTo("0");
    }

    @Test
    void nobodyReadsOrMarksWhatIsAnothers() {
        var sam = learner();
        var ann = learner();
        var id = awaited(sam, 1).text("items.0.id");
        awaited(ann, 1);
        for (var token : List.of(ann.token(), owner)) {
            var other = new Learner("", token);
            assertThat(
                            call(
                                            other,
                                            "PUT",
                                            "/api/v1/me/notifications/" + id,
                                            Map.of("read", true))
                                    .status())
                    .isEqualTo(404);
            assertThat(call(other, "GET", "/api/v1/me/notifications", null).body())
                    .doesNotContain(id);
        }
        var wrong = call(sam, "PUT", "/api/v1/me/notifications/" + id, Map.of());
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(call(sam, "GET", "/api/v1/me/notifications?cursor=x", null).status())
                .isEqualTo(422);
        assertThat(call(sam, "GET", "/api/v1/me/notifications", null).text("unread"))
                .isEqualTo("1");
    }

    /** The next event that is no beat, as its line. */
    private CompletableFuture<String> hears(Learner who) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/me/events"))
                        .header("Host", school + ".localhost:" + port)
                        .header("Authorization", "Bearer " + who.token())
                        .build();
        var stream = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body();
        var heard = new CompletableFuture<String>();
        Thread.ofVirtual()
                .start(() -> {
                    try (var lines =
                            new BufferedReader(
                                    new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        heard.complete(
                                lines.lines()
                                        .filter(l -> l.startsWith("event:"))
                                        .findFirst()
                                        .orElse(""));
                    } catch (IOException | RuntimeException e) {
                        heard.completeExceptionally(e);
                    }
                });
        return heard;
    }

    private Visitor.Answer awaited(Learner who, int unread) {
        return await().pollInterval(Duration.ofMillis(200))
                .until(
                        () -> call(who, "GET", "/api/v1/me/notifications", null),
                        answer -> answer.text("unread").equals(String.valueOf(unread)));
    }

    private Visitor.Answer call(
            Learner who,
            String method,
            String path,
            @org.jspecify.annotations.Nullable Object body) {
        return visitor.call(method, school, path, who.token(), body);
    }

    private Learner learner() {
        var email = "sam" + UUID.randomUUID() + "@example.org";
        var form = Map.of("name", "Sam", "email", email, "password", PASSWORD);
        var token = visitor.call("POST", school, "/api/v1/users", null, form).text("token");
        post.confirm(email);
        var enrolled =
                visitor.call("POST", school, "/api/v1/courses/knots/enrollments", token, null);
        assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
        return new Learner(email, token);
    }

    private void publish() {
        var released =
                visitor.call("POST", school, "/api/v1/courses/knots/releases", owner, Map.of());
        assertThat(released.status()).as(released.body()).isIn(200, 201);
    }

    private void bring(Map<String, String> files) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("knots/course.yaml"));
            zip.write("title: Knots\nslug: knots\n".getBytes(StandardCharsets.UTF_8));
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry("knots/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/api/v1/course-imports"))
                        .header("Host", school + ".localhost:" + port)
                        .header("Authorization", "Bearer " + owner)
                        .header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(bytes.toByteArray()))
                        .build();
        var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).contains("\"knots\"");
    }
}
