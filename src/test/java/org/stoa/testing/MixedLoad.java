package org.stoa.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Calls of many schools' people over a few connections, some of them given up before the answer.
 * Every answer may name its own school and no other.
 */
public final class MixedLoad {
    private static final int ONE_IN_CANCELLED = 50;
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int SERVER_ERROR = 500;

    private final int port;
    private final Pattern school;
    private final Calls calls;
    private final AtomicLong naming = new AtomicLong();
    private final AtomicLong cancelled = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    /**
     * @param school finds the schools named in an answer; its first group is the one
     */
    public MixedLoad(int port, Pattern school, Calls calls) {
        this.port = port;
        this.school = school;
        this.calls = calls;
    }

    /** Makes up the next call. */
    public interface Calls {
        Call next(RandomGenerator random);
    }

    /**
     * One call.
     *
     * @param own the school that its answer may name
     */
    public record Call(
            String own, String host, String method, String path, String token, String body) {
        byte[] bytes() {
            var content = body.getBytes(StandardCharsets.UTF_8);
            var head =
                    "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(method, path, host, token, content.length);
            return (head + body).getBytes(StandardCharsets.UTF_8);
        }
    }

    /**
     * What came of it.
     *
     * @param naming how many answers named a school at all
     * @param wrong answers that named another school, or were the server's fault
     */
    public record Seen(long naming, long cancelled, List<String> wrong) {}

    private record Answer(int status, boolean last, String body) {}

    /** Makes so many calls, spread over the connections. */
    public Seen drive(int connections, int requests)
            throws InterruptedException, ExecutionException {
        var tasks = new ArrayList<Future<?>>();
        try (var threads = Executors.newFixedThreadPool(connections)) {
            for (int i = 0; i < connections; i++) {
                tasks.add(
                        threads.submit(() -> {
                            connection(requests / connections);
                            return null;
                        }));
            }
            for (var task : tasks) {
                task.get();
            }
        }
        return new Seen(naming.get(), cancelled.get(), List.copyOf(wrong));
    }

    private void connection(int requests) throws IOException {
        var random = RandomGenerator.of("L64X128MixRandom");
        Socket socket = connect();
        for (int i = 0; i < requests; i++) {
            var call = calls.next(random);
            socket.getOutputStream().write(call.bytes());
            boolean last = random.nextInt(ONE_IN_CANCELLED) == 0;
            if (last) {
                cancelled.incrementAndGet();
            } else {
                var answer = answer(socket.getInputStream());
                judge(call, answer);
                last = answer.last();
            }
            if (last) {
                socket.close();
                socket = connect();
            }
        }
        socket.close();
    }

    private void judge(Call call, Answer answer) {
        if (answer.status() >= SERVER_ERROR) {
            wrong.add(call.method() + " " + call.path() + " was answered " + answer.status());
        }
        var found = school.matcher(answer.body());
        boolean any = false;
        while (found.find()) {
            any = true;
            if (!found.group(1).equals(call.own())) {
                wrong.add(call.own() + " saw " + found.group() + " at " + call.path());
            }
        }
        if (any) {
            naming.incrementAndGet();
        }
    }

    private Socket connect() throws IOException {
        var socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** Reads one answer, of known length or in chunks. */
    private static Answer answer(InputStream input) throws IOException {
        int status = Integer.parseInt(line(input).split(" ", -1)[1]);
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (var line = line(input); !line.isEmpty(); line = line(input)) {
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            last |= lower.startsWith("connection:") && lower.contains("close");
        }
        return new Answer(status, last, chunked ? chunks(input) : text(input, length));
    }

    private static String chunks(InputStream input) throws IOException {
        var body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(line(input).strip(), 16);
            body.append(text(input, size));
            line(input);
            if (size == 0) {
                return body.toString();
            }
        }
    }

    private static String text(InputStream input, int length) throws IOException {
        return new String(input.readNBytes(length), StandardCharsets.ISO_8859_1);
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
