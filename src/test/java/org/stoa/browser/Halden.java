package org.stoa.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.stoa.testing.Visitor;
import org.stoa.testing.Visitor.Answer;
import org.stoa.testing.Zips;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A school with courses and people in it, founded once for all browser tests of a run: nothing in
 * it is changed by a test but what its own fresh people do.
 */
final class Halden {
    static final String PASSWORD = Visitor.PASSWORD;

    /** The slug of the real course. */
    static final String IOT = "getting-started-with-iot";

    private static final Map<Integer, Halden> SCHOOLS = new ConcurrentHashMap<>();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final Visitor visitor;
    final String subdomain;
    final Someone owner;
    private final int port;

    /** Somebody with an account. */
    record Someone(String name, String email, String token) {}

    private Halden(int port) {
        this.port = port;
        visitor = new Visitor(port);
        var email = email("ines");
        var founded = found("Halden", "halden" + word(), "Ines Moreau", email);
        subdomain = founded.text("subdomain");
        owner = new Someone("Ines Moreau", email, founded.text("token"));
    }

    /** The school, with six courses published. */
    static Halden at(int port) {
        return SCHOOLS.computeIfAbsent(
                port,
                p -> {
                    var school = new Halden(p);
                    school.publish(zip(iot()));
                    Shelves.courses().forEach(school::publish);
                    return school;
                });
    }

    String site() {
        return "http://" + visitor.host(subdomain);
    }

    Answer found(String name, String wanted, String ownerName, String email) {
        return visitor.found(name, wanted, ownerName, email);
    }

    /** A fresh student. */
    Someone student(String name) {
        var email = email(name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.'));
        var answer =
                visitor.call(
                        "POST",
                        subdomain,
                        "/api/v1/users",
                        null,
                        Map.of("name", name, "email", email, "password", PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return new Someone(name, email, answer.text("token"));
    }

    void join(Someone person, String course) {
        var answer = as(person, "POST", "/api/v1/courses/" + course + "/enrollments", Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    /** Marks the first lessons of a course done. */
    void learn(Someone person, String course, int lessons) {
        for (var lesson : lessons(course).subList(0, lessons)) {
            var answer =
                    as(
                            person,
                            "PUT",
                            "/api/v1/me/lessons/" + lesson + "/progress",
                            Map.of("status", "completed"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    /** The ids of a course's lessons in order. */
    List<String> lessons(String course) {
        var answer = as(owner, "GET", "/api/v1/courses/" + course, null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().findParents("minutes").stream()
                .filter(l -> l.has("id") && !l.has("lessons"))
                .map(l -> l.get("id").asString())
                .toList();
    }

    /** How many lessons the server counts as done. */
    int completed(Someone person, String course) {
        for (var place : as(person, "GET", "/api/v1/me/enrollments", null).json().path("items")) {
            if (place.at("/course/slug").asString().equals(course)) {
                return place.at("/progress/completed").asInt();
            }
        }
        throw new AssertionError(person.name() + " has no place in " + course);
    }

    Answer as(
            Someone person,
            String method,
            String path,
            @org.jspecify.annotations.Nullable Object body) {
        return visitor.call(method, subdomain, path, person.token(), body);
    }

    private void publish(byte[] zip) {
        var slug = bringIn(subdomain, owner.token(), zip).at("/course/slug").asString();
        var published =
                as(
                        owner,
                        "POST",
                        "/api/v1/courses/" + slug + "/releases",
                        Map.of("note", "The first."));
        assertThat(published.status()).as(published.body()).isEqualTo(201);
    }

    /** Imports a course into a school; what the school answered. */
    JsonNode bringIn(String school, String token, byte[] zip) {
        try {
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:" + port + "/api/v1/course-imports"))
                            .header("Host", visitor.host(school))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/zip")
                            .POST(BodyPublishers.ofByteArray(zip))
                            .build();
            var answer = HTTP.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String email(String name) {
        return name + "." + word() + "@example.org";
    }

    static String word() {
        return UUID.randomUUID().toString().replace("-", "").substring(22);
    }

    /** The real course's folder, beside the project. */
    static Path iot() {
        var folder =
                Path.of(System.getProperty("stoa.shared.data", "../shared/data"))
                        .resolve("ms-iot-getting-started");
        assertThat(folder)
                .as(
                        "the real courses stand beside the project; without them, run with"
                                + " -Dstoa.shared.data=absent")
                .matches(Files::isDirectory);
        return folder;
    }

    static byte[] zip(Path folder) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes);
                var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] zip(Map<String, String> files) {
        return Zips.of(files);
    }
}
