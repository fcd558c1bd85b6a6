package org.stoa.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Pages, beside nginx or pgbench. */
final class Pages {
    private static final String URL = "http://127.0.0.1:" + Server.PORT;
    private static final int NGINX = 9481;
    private static final int SECONDS = 6;

    private Pages() {}

    /**
     * The public course page's compressed bytes, beside nginx serving the very same from a file.
     */
    static Bench.Pair course() throws Exception {
        var host = "bench000.localhost:" + Server.PORT;
        var folder = Files.createTempDirectory("stoa-nginx");
        byte[] bytes = fetch(host, "/courses/course-0");
        Files.write(folder.resolve("course.html.gz"), bytes);
        Files.write(folder.resolve("course.html"), new byte[bytes.length * 4]);
        // Its workers do not run as root, and must get there.
        new ProcessBuilder("chmod", "-R", "a+rX", folder.toString()).start().waitFor();
        var config = folder.resolve("nginx.conf");
        Files.writeString(
                config,
                """
                worker_processes 2; daemon off; pid %1$s/pid; error_log %1$s/error.log;
                events { worker_connections 1024; }
                http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
                       open_file_cache max=100; types { text/html html; } default_type text/html;
                       server { listen 127.0.0.1:%2$d; root %1$s; gzip_static always; etag on;
                                add_header Cache-Control "public, max-age=0"; add_header Vary Accept-Encoding; } }
                """
                        .formatted(folder, NGINX));
        var nginx = new ProcessBuilder("nginx", "-c", config.toString()).start();
        try {
            var ours = List.of(new Load.Request("GET", host, "/courses/course-0", "", ""));
            var theirs = List.of(new Load.Request("GET", "localhost", "/course.html", "", ""));
            return Bench.inTurn(
                    () -> Load.wrk(URL, twice(ours), 200, "-", true, SECONDS),
                    () ->
                            Load.wrk(
                                    "http://127.0.0.1:" + NGINX,
                                    twice(theirs),
                                    200,
                                    "-",
                                    true,
                                    SECONDS));
        } finally {
            nginx.destroy();
            nginx.waitFor();
        }
    }

    static Bench.Pair lesson() throws Exception {
        var random = RandomGenerator.of("L64X128MixRandom");
        var requests = new ArrayList<Load.Request>();
        for (int i = 0; i < 40_000; i++) {
            int learner = random.nextInt(Seed.LEARNERS);
            // Each learner's first course is the one of their own number.
            int course = learner % Seed.COURSES;
            requests.add(
                    new Load.Request(
                            "GET",
                            Seed.school(learner) + ".localhost:" + Server.PORT,
                            "/learn/course-" + course + "/lesson-" + random.nextInt(Seed.LESSONS),
                            Seed.token(learner),
                            ""));
        }
        return Bench.inTurn(
                () -> Load.wrk(URL, requests, 200, "of Bench School", false, SECONDS),
                () -> Load.pgbench(Sql.lesson(), SECONDS));
    }

    static Bench.Pair dashboard() throws Exception {
        var requests = new ArrayList<Load.Request>();
        for (int i = 0; i < 2_000; i++) {
            int learner = i / 20 * Seed.LEARNERS_OF_SCHOOL + i % 20;
            requests.add(
                    new Load.Request(
                            "GET",
                            Seed.school(learner) + ".localhost:" + Server.PORT,
                            "/learn",
                            Seed.token(learner),
                            ""));
        }
        return Bench.inTurn(
                () -> Load.wrk(URL, requests, 200, "6 of 22", false, SECONDS),
                () -> Load.pgbench(Sql.dashboard(), SECONDS));
    }

    /** Each of the two threads has its own half of a list. */
    private static List<Load.Request> twice(List<Load.Request> one) {
        return List.of(one.getFirst(), one.getFirst());
    }

    private static byte[] fetch(String host, String path) throws IOException {
        System.setProperty("sun.net.http.allowRestrictedHeaders", "true");
        var connection = (HttpURLConnection) URI.create(URL + path).toURL().openConnection();
        connection.setRequestProperty("Host", host);
        connection.setRequestProperty("Accept-Encoding", "gzip");
        try (InputStream body = connection.getInputStream()) {
            return body.readAllBytes();
        }
    }
}
