package org.stoa.commerce;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;
import org.stoa.testing.Zips;

/** A school that sells courses, and people who buy them. */
public final class Shop {
    private final int port;
    public final Visitor visitor;
    public final String host;
    public final String owner;

    public Shop(int port) {
        this.port = port;
        visitor = new Visitor(port);
        var founded = visitor.found("Rope and Sail");
        host = founded.text("subdomain");
        owner = founded.text("token");
    }

    /** Somebody of the school, with their token. */
    public record Buyer(UUID id, String token, String email) {}

    public Buyer buyer() {
        var email = "buyer-" + UUID.randomUUID() + "@example.org";
        var body = Map.of("name", "Bea Buyer", "email", email, "password", Visitor.PASSWORD);
        var answer = call("POST", "/api/v1/users", null, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return new Buyer(UUID.fromString(answer.text("id")), answer.text("token"), email);
    }

    /** Somebody in a browser, signed in. */
    public Visitor browser(Buyer buyer) {
        var browser = new Visitor(port);
        browser.submit(
                host, "/sign-in", Map.of("email", buyer.email(), "password", Visitor.PASSWORD));
        assertThat(browser.session(host)).isNotNull();
        return browser;
    }

    public Answer call(
            String method,
            String path,
            @org.jspecify.annotations.Nullable String token,
            @org.jspecify.annotations.Nullable Object body) {
        return visitor.call(method, host, path, token, body);
    }

    /** A published course of two lessons, for this price; 0 for none. */
    public String course(String title, long amount) {
        var slug = title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
        var files =
                Map.of(
                        "course.yaml", "title: " + title,
                        "1-first.md", "# First\n\nRead.",
                        "2-second.md", "# Second\n\nRead on.");
        assertThat(send(Zips.of(files))).isEqualTo(201);
        var published = call("POST", "/api/v1/courses/" + slug + "/releases", owner, Map.of());
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        if (amount > 0) {
            price(slug, amount);
        }
        return slug;
    }

    public void price(String course, long amount) {
        var body = Map.of("amount", amount, "currency", "EUR");
        var set = call("PUT", "/api/v1/courses/" + course + "/price", owner, body);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    /** Limits the places of a course. */
    public void limit(String course, int capacity) {
        var terms = call("GET", "/api/v1/courses/" + course + "/terms", owner, null);
        var body = new java.util.HashMap<String, Object>();
        body.put("capacity", capacity);
        body.put("first", java.util.List.of());
        body.put("version", terms.json().path("version").asInt());
        var set = call("PUT", "/api/v1/courses/" + course + "/terms", owner, body);
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    public Answer enroll(Buyer buyer, String course) {
        return call("POST", "/api/v1/courses/" + course + "/enrollments", buyer.token(), null);
    }

    /** Whether the course is open to them, as the API says it. */
    public boolean isIn(Buyer buyer, String course) {
        var answer = call("GET", "/api/v1/courses/" + course, buyer.token(), null);
        return answer.json().path("enrollment").path("open").asBoolean(false);
    }

    /** Marks the first lesson as done. */
    public Answer learn(Buyer buyer, String course) {
        var lesson =
                call("GET", "/api/v1/courses/" + course, buyer.token(), null)
                        .text("modules.0.lessons.0.id");
        return call(
                "PUT",
                "/api/v1/me/lessons/" + lesson + "/progress",
                buyer.token(),
                Map.of("status", "completed", "positionSeconds", 0));
    }

    private int send(byte[] zip) {
        var request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/api/v1/course-imports"))
                        .header("Host", host + ".localhost:" + port)
                        .header("Authorization", "Bearer " + owner)
                        .header("Content-Type", "application/zip")
                        .POST(BodyPublishers.ofByteArray(zip))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString()).statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
