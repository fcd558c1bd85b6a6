package org.stoa.bench;

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
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A course of 500 lessons in its teacher's hands; every figure in milliseconds. */
final class Studio {
    private static final int LESSONS = 500;
    private static final int MODULES = 20;
    private static final int TEACHER = 49_999;
    private static final int ROUNDS = 5;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String host = Seed.school(TEACHER) + ".localhost:" + Server.PORT;

    private Studio() {}

    /** What was found, medians. */
    record Found(double open, double move, double write, double publish, double firstReader) {}

    static Found measure(Connection database) throws Exception {
        try (var statement = database.createStatement()) {
            statement.execute(
                    "update organization_memberships set role = 'teacher' where user_id = bench_id(2, "
                            + TEACHER
                            + ")");
        }
        return new Studio().measure();
    }

    private Found measure() throws Exception {
        var title = "A long course " + System.nanoTime();
        var slug =
                call(
                                "POST",
                                "/api/v1/course-imports",
                                "application/zip",
                                BodyPublishers.ofByteArray(zip(title)),
                                201)
                        .at("/course/slug")
                        .asString();
        var course = "/api/v1/courses/" + slug;
        var open = new ArrayList<Double>();
        var move = new ArrayList<Double>();
        var write = new ArrayList<Double>();
        var publish = new ArrayList<Double>();
        var first = new ArrayList<Double>();
        for (int i = 0; i < ROUNDS; i++) {
            open.add(time(() -> get("/studio/" + slug, "Lesson 499")));
            var outline = call("GET", course + "/outline", "", BodyPublishers.noBody(), 200);
            var last = outline.at("/modules/" + (MODULES - 1));
            var lesson = last.at("/lessons/" + i + "/id").asString();
            var to = outline.at("/modules/0");
            var place =
                    "{\"lessons\": [\"%s\"], \"module\": \"%s\", \"before\": \"%s\"}"
                            .formatted(
                                    lesson,
                                    to.at("/id").asString(),
                                    to.at("/lessons/0/id").asString());
            move.add(time(() -> post(course + "/lessons/positions", place, 204)));
            var text =
                    "{\"title\": \"Lesson 499\", \"markdown\": \"Written again, %d.\", \"version\": %d}"
                            .formatted(i, last.at("/lessons/" + i + "/version").asInt());
            write.add(time(() -> json("PUT", course + "/lessons/" + lesson, text, 200)));
            publish.add(time(() -> post(course + "/releases", "{}", 201)));
            first.add(time(() -> get("/courses/" + slug, title)));
        }
        return new Found(
                Bench.median(open),
                Bench.median(move),
                Bench.median(write),
                Bench.median(publish),
                Bench.median(first));
    }

    private interface Step {
        void take() throws IOException, InterruptedException;
    }

    private static double time(Step step) throws IOException, InterruptedException {
        long start = System.nanoTime();
        step.take();
        return (System.nanoTime() - start) / 1e6;
    }

    private void get(String path, String marker) throws IOException, InterruptedException {
        var answer = send("GET", path, "", BodyPublishers.noBody());
        if (answer.statusCode() != 200 || !answer.body().contains(marker)) {
            throw new IllegalStateException(path + ": " + answer.statusCode());
        }
    }

    private void post(String path, String body, int status)
            throws IOException, InterruptedException {
        json("POST", path, body, status);
    }

    private void json(String method, String path, String body, int status)
            throws IOException, InterruptedException {
        call(method, path, "application/json", BodyPublishers.ofString(body), status);
    }

    private JsonNode call(String method, String path, String type, BodyPublisher body, int status)
            throws IOException, InterruptedException {
        var answer = send(method, path, type, body);
        if (answer.statusCode() != status) {
            throw new IllegalStateException(path + ": " + answer.statusCode() + answer.body());
        }
        return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }

    private HttpResponse<String> send(String method, String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Server.PORT + path))
                        .header("Host", host)
                        .method(method, body);
        if (path.startsWith("/api/")) {
            request.header("Authorization", "Bearer " + Seed.token(TEACHER));
        } else {
            request.header("Cookie", "stoa=" + Seed.token(TEACHER)).header("Accept", "text/html");
        }
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static byte[] zip(String title) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            entry(zip, "course.yaml", "title: " + title);
            for (int i = 0; i < LESSONS; i++) {
                var path = "%02d-module/%03d-lesson.md".formatted(i / (LESSONS / MODULES), i);
                var text = "A line of the lesson, with **bold** and `code` in it. ".repeat(8);
                entry(
                        zip,
                        path,
                        "# Lesson " + i + "\n\n" + String.join("\n\n", List.of(text, text, text)));
            }
        }
        return bytes.toByteArray();
    }

    private static void entry(ZipOutputStream zip, String path, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
