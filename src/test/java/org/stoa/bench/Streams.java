package org.stoa.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Many pages that listen: what each costs the server, and how soon an event reaches its page. */
final class Streams {
    private static final int EVENTS = 200;

    private Streams() {}

    /** What was found. */
    record Found(double kilobytesEach, double medianMillis) {}

    static Found measure(Server server, int pages) throws Exception {
        var open = new ArrayList<SocketChannel>();
        try {
            // The first streams load classes and grow buffers that all others share.
            for (int i = 0; i < 200; i++) {
                open.add(listen(i));
            }
            long before = server.memory();
            for (int i = 200; i < pages + 200; i++) {
                open.add(listen(i));
            }
            long after = server.memory();
            double each = (after - before) / 1024.0 / pages;
            return new Found(each, median(open));
        } finally {
            for (var page : open) {
                page.close();
            }
        }
    }

    private static SocketChannel listen(int learner) throws IOException {
        var channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.connect(new InetSocketAddress("127.0.0.1", Server.PORT));
        var request =
                "GET /api/v1/me/events HTTP/1.1\r\nHost: "
                        + Seed.school(learner)
                        + ".localhost:"
                        + Server.PORT
                        + "\r\nCookie: stoa="
                        + Seed.token(learner)
                        + "\r\nAccept: text/event-stream\r\n\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
        var head = read(channel, "\r\n\r\n");
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException("A stream was refused: " + head.lines().findFirst().orElse(""));
        }
        return channel;
    }

    private static double median(List<SocketChannel> open) throws Exception {
        var millis = new ArrayList<Double>();
        try (var client = HttpClient.newHttpClient()) {
            for (int i = 0; i < EVENTS; i++) {
                int learner = i * (open.size() / EVENTS);
                int school = learner / Seed.LEARNERS_OF_SCHOOL;
                int course = learner % Seed.COURSES;
                var lesson =
                        "00000000-0000-7000-8006-%012x"
                                .formatted((school * 12L + course) * Seed.LESSONS + 10);
                var request =
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:"
                                                        + Server.PORT
                                                        + "/api/v1/me/lessons/"
                                                        + lesson
                                                        + "/progress"))
                                .header("Host", Seed.school(learner) + ".localhost:" + Server.PORT)
                                .header("Authorization", "Bearer " + Seed.token(learner))
                                .header("Content-Type", "application/json")
                                .PUT(
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"status\":\"completed\",\"positionSeconds\":1}"))
                                .build();
                long start = System.nanoTime();
                var sent = client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
                var heard = read(open.get(learner), "event: progress");
                millis.add((System.nanoTime() - start) / 1e6);
                var answer = sent.get();
                if (answer.statusCode() != 200 || heard.isEmpty()) {
                    throw new IOException("A mark was refused: " + answer.body());
                }
            }
        }
        return Bench.median(millis);
    }

    private static String read(SocketChannel channel, String until) throws IOException {
        var text = new StringBuilder();
        var buffer = ByteBuffer.allocate(4096);
        channel.socket().setSoTimeout(20_000);
        while (text.indexOf(until) < 0) {
            buffer.clear();
            if (channel.read(buffer) < 0) {
                throw new IOException("A stream ended");
            }
            text.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8));
        }
        return text.toString();
    }
}
