package org.stoa.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;

/**
 * A school with the course <em>Knots</em>, whose second lesson opens after its first, and everybody
 * who may or may not have to do with it; and another school.
 */
public final class Classroom {
    public final Visitor visitor;
    public final String school;
    public final Someone owner;
    public final Someone lead;
    public final Someone assistant;
    public final Someone reviewer;
    public final Someone otherTeacher;
    public final Someone admin;
    public final Someone ann;
    public final Someone sam;
    public final Someone outsider;
    public final Someone elsewhere;
    public final String bowline;
    public final String reef;

    /** Somebody with an account. */
    public record Someone(String id, String name, String email, String token) {}

    public Classroom(int port) {
        visitor = new Visitor(port);
        var founded = visitor.found("Halden");
        school = founded.text("subdomain");
        owner = new Someone("", "Olga Owner", school + "@example.org", founded.text("token"));
        lead = member("Lena Lead", "teacher");
        assistant = member("Asa Assistant", "teacher");
        reviewer = member("Rita Reviewer", "teacher");
        otherTeacher = member("Otto Other", "teacher");
        admin = member("Ada Admin", "admin");
        bring(port);
        for (var one : Map.of(assistant, "assistant", reviewer, "reviewer").entrySet()) {
            var path = "/api/v1/courses/knots/staff/" + one.getKey().id();
            done(call(lead, "PUT", path, Map.of("role", one.getValue())));
        }
        var outline = call(lead, "GET", "/api/v1/courses/knots/outline", null);
        bowline = outline.text("modules.0.lessons.0.id");
        reef = outline.text("modules.0.lessons.1.id");
        var rules = new HashMap<String, Object>();
        rules.put("hidden", false);
        rules.put("required", true);
        rules.put("taste", false);
        rules.put("opensAt", null);
        rules.put("opensAfterDays", null);
        rules.put("after", List.of(bowline));
        rules.put("version", 1);
        done(call(lead, "PUT", "/api/v1/courses/knots/lessons/" + reef + "/rules", rules));
        done(call(lead, "POST", "/api/v1/courses/knots/releases", Map.of()));
        ann = student("Ann Berg");
        sam = student("Sam Sand");
        outsider = student("Out Sider");
        for (var learner : List.of(ann, sam)) {
            done(call(learner, "POST", "/api/v1/courses/knots/enrollments", null));
        }
        elsewhere = new Someone("", "Eve", "", visitor.found("Elsewhere").text("token"));
    }

    public Answer call(Someone who, String method, String path, @Nullable Object body) {
        return visitor.call(method, school, path, who.token(), body);
    }

    /** A browser in which somebody has signed in. */
    public Visitor browser(Someone who, int port) {
        var browser = new Visitor(port);
        var form = Map.of("email", who.email(), "password", Visitor.PASSWORD);
        assertThat(browser.submit(school, "/sign-in", form).status()).isEqualTo(200);
        return browser;
    }

    private Someone member(String name, String role) {
        var email = UUID.randomUUID() + "@example.org";
        var body = new HashMap<String, Object>();
        body.put("name", name);
        body.put("email", email);
        body.put("password", Visitor.PASSWORD);
        body.put("role", role);
        var added = done(visitor.call("POST", school, "/api/v1/members", owner.token(), body));
        var entry = Map.of("email", email, "password", Visitor.PASSWORD);
        var token = done(visitor.call("POST", school, "/api/v1/sessions", null, entry));
        return new Someone(added.text("id"), name, email, token.text("token"));
    }

    public Someone student(String name) {
        var email = UUID.randomUUID() + "@example.org";
        var form = Map.of("name", name, "email", email, "password", Visitor.PASSWORD);
        var joined = done(visitor.call("POST", school, "/api/v1/users", null, form));
        return new Someone(joined.text("id"), name, email, joined.text("token"));
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 204);
        return answer;
    }

    private void bring(int port) {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/api/v1/course-imports"))
                        .header("Host", school + ".localhost:" + port)
                        .header("Authorization", "Bearer " + lead.token())
                        .header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(zip()))
                        .build();
        try {
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static byte[] zip() {
        var files =
                Map.of(
                        "knots/course.yaml", "title: Knots\nslug: knots\n",
                        "knots/01-knots/01-bowline.md", "# Bowline\n\nA loop.",
                        "knots/01-knots/02-reef.md", "# Reef knot\n\nTwo ends.");
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
