package org.stoa.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.stoa.jobs.DueJobs;
import org.stoa.tenancy.ServiceDatabase;
import org.stoa.testing.Visitor;

/** A school with one published course, and people who learn in it, for tests. */
public final class SchoolOfKnots {
    public final String subdomain;
    public final String owner;
    public final UUID id;
    private final Visitor visitor;
    private final ServiceDatabase service;
    private final int port;

    /** Somebody with an account. */
    public record Member(String email, String token) {}

    public SchoolOfKnots(int port, ServiceDatabase service) {
        this.port = port;
        this.service = service;
        this.visitor = new Visitor(port);
        var founded = visitor.found("Halden");
        subdomain = founded.text("subdomain");
        owner = founded.text("token");
        id =
                service.sql("select id from organizations where subdomain = :name")
                        .param("name", subdomain)
                        .query(UUID.class)
                        .single();
    }

    /** Brings the lessons in, by file and text, and publishes them. */
    public SchoolOfKnots publish(Map<String, String> lessons) {
        bring(lessons);
        var released = call(owner, "POST", "/api/v1/courses/knots/releases", Map.of());
        assertThat(released.status()).as(released.body()).isIn(200, 201);
        return this;
    }

    public SchoolOfKnots publish() {
        return publish(Map.of("01-knots/01-bowline.md", "# Bowline\n\nA loop."));
    }

    public UUID course() {
        return service.sql("select id from courses where organization_id = :id and slug = 'knots'")
                .param("id", id)
                .query(UUID.class)
                .single();
    }

    /** Somebody who learns in the course. */
    public Member learner() {
        var learner = member();
        join(learner);
        return learner;
    }

    public void join(Member member) {
        var enrolled = call(member.token(), "POST", "/api/v1/courses/knots/enrollments", null);
        assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
    }

    /** Somebody who belongs to the school and learns nothing yet; their address is confirmed. */
    public Member member() {
        var member = unconfirmed("Sam");
        new Post(service).confirm(member.email());
        return member;
    }

    /** Somebody who has just signed up, under this name. */
    public Member unconfirmed(String name) {
        var email = "sam" + UUID.randomUUID() + "@example.org";
        var form = Map.of("name", name, "email", email, "password", Visitor.PASSWORD);
        return new Member(email, call(null, "POST", "/api/v1/users", form).text("token"));
    }

    public UUID person(Member member) {
        return service.sql("select id from users where email = :email")
                .param("email", member.email())
                .query(UUID.class)
                .single();
    }

    public Visitor.Answer call(
            @Nullable String token, String method, String path, @Nullable Object body) {
        return visitor.call(method, subdomain, path, token, body);
    }

    /** A browser in which they are signed in. */
    public Visitor browser(Member who) {
        var browser = new Visitor(port);
        browser.submit(
                subdomain, "/sign-in", Map.of("email", who.email(), "password", Visitor.PASSWORD));
        return browser;
    }

    public int port() {
        return port;
    }

    /** Sets the language it speaks; {@code und} leaves it to browsers. */
    public void language(String tag) {
        var admin = browser(new Member(subdomain + "@example.org", owner));
        var form = Map.of("name", "Halden", "language", tag, "timeZone", "UTC");
        assertThat(admin.submit(subdomain, "/admin/school", form).status()).isEqualTo(200);
    }

    /** Sets the clock that its teachers read. */
    public void clock(String zone) {
        var admin = browser(new Member(subdomain + "@example.org", owner));
        var form = Map.of("name", "Halden", "language", "en", "timeZone", zone);
        assertThat(admin.submit(subdomain, "/admin/school", form).status()).isEqualTo(200);
    }

    /** Does all that is due, and what follows from it, also where others take some of it. */
    public void run(DueJobs due) {
        for (int idle = 0; idle < 3; idle++) {
            idle = due.run(id) > 0 ? 0 : idle;
        }
    }

    private void bring(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("knots/course.yaml"));
            zip.write("title: Knots\nslug: knots\n".getBytes(StandardCharsets.UTF_8));
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry("knots/" + file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            zip.finish();
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:" + port + "/api/v1/course-imports"))
                            .header("Host", subdomain + ".localhost:" + port)
                            .header("Authorization", "Bearer " + owner)
                            .header("Content-Type", "application/zip")
                            .POST(BodyPublishers.ofByteArray(bytes.toByteArray()))
                            .build();
            var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
