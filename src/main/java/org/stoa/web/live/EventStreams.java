package org.stoa.web.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
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
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final String SIGNAL = "live";
    private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private static final int SECONDS_BETWEEN_BEATS = 25;

    private final Signals signals;
    private final ConcurrentHashMap<Reader, List<Stream>> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService beats =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("event-beats").factory());
    private volatile boolean running;

    EventStreams(Signals signals) {
        this.signals = signals;
        signals.listen(SIGNAL, this::hear);
    }

    private record Reader(UUID organization, UUID person) {}

    /** Keeps the request open as a stream of the caller's events. */
    public void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var caller = Caller.current();
        var reader = new Reader(caller.school().id(), caller.personId());
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        response.getOutputStream().write(BEAT);
        response.flushBuffer();
        var async = request.startAsync();
        async.setTimeout(0);
        var stream = new Stream(reader, async);
        async.addListener(stream);
        open.computeIfAbsent(reader, r -> new CopyOnWriteArrayList<>()).add(stream);
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

    private void forget(Stream stream) {
        open.computeIfPresent(
                stream.reader,
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
        open.values().forEach(streams -> List.copyOf(streams).forEach(Stream::end));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private final class Stream implements AsyncListener {
        private final Reader reader;
        private final AsyncContext async;
        private final ReentrantLock turn = new ReentrantLock();
        private boolean ended;

        Stream(Reader reader, AsyncContext async) {
            this.reader = reader;
            this.async = async;
        }

        void write(byte[] bytes) {
            turn.lock();
            try {
                if (ended) {
                    return;
                }
                var output = async.getResponse().getOutputStream();
                output.write(bytes);
                output.flush();
            } catch (IOException | IllegalStateException e) {
                log.debug("A page that listened is gone: {}", e.getMessage());
                end();
            } finally {
                turn.unlock();
            }
        }

        void end() {
            turn.lock();
            try {
                if (ended) {
                    return;
                }
                ended = true;
                forget(this);
                async.complete();
            } catch (IllegalStateException e) {
                log.debug("The stream had ended already: {}", e.getMessage());
            } finally {
                turn.unlock();
            }
        }

        @Override
        public void onComplete(AsyncEvent event) {
            forget(this);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // The stream itself started it; there is nothing to do again.
        }
    }
}
