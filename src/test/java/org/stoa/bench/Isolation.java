package org.stoa.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Mixed requests of many schools over eight connections, with errors and cancelled ones thrown in.
 * Every answer may name its own school and no other.
 */
final class Isolation {
    private static final int CONNECTIONS = 8;
    private static final Pattern SCHOOL = Pattern.compile("Bench School (\\d{3})");

    private Isolation() {}

    /** How many answers named a school that was not their own. */
    static long run(int requests) throws InterruptedException, ExecutionException {
        var foreign = new AtomicLong();
        var named = new AtomicLong();
        var tasks = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                long seed = i + 1;
                tasks.add(
                        threads.submit(() -> {
                            drive(requests / CONNECTIONS, seed, foreign, named);
                            return null;
                        }));
            }
            for (var task : tasks) {
                task.get();
            }
        }
        if (named.get() < requests / 2) {
            throw new IllegalStateException("Only " + named + " answers named any school");
        }
        return foreign.get();
    }

    private static void drive(int requests, long seed, AtomicLong foreign, AtomicLong named)
            throws IOException {
        var random = RandomGenerator.of("L64X128MixRandom");
        System.out.println("  isolation: connection " + seed);
        Socket socket = connect();
        for (int i = 0; i < requests; i++) {
            int learner = random.nextInt(Seed.LEARNERS);
            socket.getOutputStream()
                    .write(request(random, learner).getBytes(StandardCharsets.UTF_8));
            if (random.nextInt(50) == 0) {
                socket.close();
                socket = connect();
                continue;
            }
            var body = answer(socket.getInputStream());
            var own = "%03d".formatted(learner / Seed.LEARNERS_OF_SCHOOL);
            var school = SCHOOL.matcher(body);
            boolean any = false;
            while (school.find()) {
                any = true;
                if (!school.group(1).equals(own)) {
                    foreign.incrementAndGet();
                    System.out.println("  foreign: " + own + " saw " + school.group());
                }
            }
            if (any) {
                named.incrementAndGet();
            }
        }
        socket.close();
    }

    private static Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", Server.PORT);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static String request(RandomGenerator random, int learner) {
        int course = learner % Seed.COURSES;
        int lesson = random.nextInt(Seed.LESSONS);
        int school = learner / Seed.LEARNERS_OF_SCHOOL;
        var id =
                "00000000-0000-7000-8006-%012x"
                        .formatted((school * 12L + course) * Seed.LESSONS + lesson);
        return switch (random.nextInt(10)) {
            case 0 -> call("GET", "/courses/course-" + course, learner, "");
            case 1 -> call("GET", "/api/v1/courses?q=cours", learner, "");
            case 2 -> call("GET", "/learn", learner, "");
            case 3 -> call("GET", "/api/v1/courses/course-" + course, learner, "");
            case 4 ->
                    call(
                            "PUT",
                            "/api/v1/me/lessons/" + id + "/progress",
                            learner,
                            "{\"status\":\"started\",\"positionSeconds\":1}");
            case 5 -> call("GET", "/courses/there-is-none", learner, "");
            case 6 ->
                    call("PUT", "/api/v1/me/lessons/" + id + "/progress", learner, "{\"status\":");
            case 7 -> call("GET", "/api/v1/me/enrollments", learner, "");
            default -> call("GET", "/learn/course-" + course + "/lesson-" + lesson, learner, "");
        };
    }

    private static String call(String method, String path, int learner, String body) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nHost: "
                + Seed.school(learner)
                + ".localhost:"
                + Server.PORT
                + "\r\nAuthorization: Bearer "
                + Seed.token(learner)
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
    }

    /** Reads one answer, of known length or in chunks. */
    private static String answer(InputStream input) throws IOException {
        int length = -1;
        boolean chunked = false;
        for (var line = line(input); !line.isEmpty(); line = line(input)) {
            var lower = line.toLowerCase(java.util.Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        if (!chunked) {
            return new String(input.readNBytes(Math.max(0, length)), StandardCharsets.UTF_8);
        }
        var body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(line(input).strip(), 16);
            body.append(new String(input.readNBytes(size), StandardCharsets.UTF_8));
            line(input);
            if (size == 0) {
                return body.toString();
            }
        }
    }

    private static String line(InputStream input) throws IOException {
        var line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new IOException("The connection ended in the middle of an answer");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
