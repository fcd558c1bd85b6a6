package org.stoa.web.live;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Signals;

/**
 * Server-sent events to every open page of a person, wherever in the installation the page is
 * connected and the event arises. A stream holds no thread. An event that finds no open page is
 * gone: pages read what stands when they open.
 */
@Component
public class EventStreams implements SmartLifecycle {
    private static final String SIGNAL = "live";
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final int SECONDS_BETWEEN_BEATS = 25;

    private final Signals signals;
    private final ConcurrentHashMap<Reader, List<EventStream>> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("event-beats").factory());
    private volatile boolean running;

    EventStreams(Signals signals) {
        this.signals = signals;
        signals.listen(SIGNAL, this::hear);
    }

    record Reader(UUID organization, UUID person) {}

    /**
     * Keeps the connection open as a stream of the caller's events. The answer begins as any other
     * does, and what follows is written past the server's request, whose buffers are free again.
     */
    public void open(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var caller = Caller.current();
        var stream = request.upgrade(EventStream.class);
        stream.begin(this, new Reader(caller.school().id(), caller.personId()));
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        // Its end is the connection's.
        response.setHeader("Connection", "close");
        // From here on nothing is missed: what comes before the head has left waits in the stream.
        open.computeIfAbsent(stream.reader(), r -> new CopyOnWriteArrayList<>()).add(stream);
        stream.write(BEAT);
        try {
            response.flushBuffer();
        } catch (IOException e) {
            stream.end();
            throw e;
        }
    }

    /**
     * Sends an event to a person's open pages at a school, after the transaction at hand commits.
     *
     * @param event its name, one word
     * @param data JSON on one line
     */
    public void send(UUID organization, UUID person, String event, String data) {
        signals.send(SIGNAL, organization + " " + person + " " + event + " " + data);
    }

    /** Ends a person's streams; their pages ask again, and are told whether they still may. */
    public void end(UUID person) {
        open.forEach((reader, streams) -> {
            if (reader.person().equals(person)) {
                List.copyOf(streams).forEach(EventStream::end);
            }
        });
    }

    /** How many streams this node holds open. */
    public int count() {
        return open.values().stream().mapToInt(List::size).sum();
    }

    private void hear(String text) {
        var parts = text.split(" ", 4);
        var reader = new Reader(UUID.fromString(parts[0]), UUID.fromString(parts[1]));
        var bytes =
                ("event: " + parts[2] + "\ndata: " + parts[3] + "\n\n")
                        .getBytes(StandardCharsets.UTF_8);
        for (var stream : open.getOrDefault(reader, List.of())) {
            Thread.startVirtualThread(() -> stream.write(bytes));
        }
    }

    void forget(EventStream stream) {
        open.computeIfPresent(
                stream.reader(),
                (reader, streams) -> {
                    streams.remove(stream);
                    return streams.isEmpty() ? null : streams;
                });
    }

    @Override
    public void start() {
        running = true;
        beats.scheduleWithFixedDelay(
                () ->
                        open.values()
                                .forEach(streams ->
                                        streams.forEach(s ->
                                                Thread.startVirtualThread(() -> s.write(BEAT)))),
                SECONDS_BETWEEN_BEATS,
                SECONDS_BETWEEN_BEATS,
                TimeUnit.SECONDS);
    }

    /** Ends the streams first, so that the server can close without waiting for them. */
    @Override
    public void stop() {
        running = false;
        beats.shutdownNow();
        open.values().forEach(streams -> List.copyOf(streams).forEach(EventStream::end));
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
