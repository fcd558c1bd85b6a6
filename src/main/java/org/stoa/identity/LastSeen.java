package org.stoa.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Keeps when sessions and tokens were last seen, many in one statement, so that a school's whole
 * morning is a few writes. What a server that dies had not written yet is lost: a session then
 * looks a few seconds older than it is.
 */
@Component
class LastSeen implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(LastSeen.class);
    private static final int SECONDS_BETWEEN = 5;

    private final SessionStore store;
    private final Map<UUID, Instant> sessions = new ConcurrentHashMap<>();
    private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
    private @Nullable ScheduledExecutorService writer;

    LastSeen(SessionStore store) {
        this.store = store;
    }

    /**
     * @param session null for an API token
     */
    void note(@Nullable UUID session, byte[] hash, Instant at) {
        if (session == null) {
            tokens.put(Base64.getEncoder().encodeToString(hash), at);
        } else {
            sessions.put(session, at);
        }
    }

    private void write() {
        try {
            var seen = new ArrayList<>(sessions.entrySet());
            if (!seen.isEmpty()) {
                store.seen(seen, Sessions.LIFETIME);
                seen.forEach(one -> sessions.remove(one.getKey(), one.getValue()));
            }
            for (var used : new ArrayList<>(tokens.entrySet())) {
                store.used(Base64.getDecoder().decode(used.getKey()), used.getValue());
                tokens.remove(used.getKey(), used.getValue());
            }
        } catch (DataAccessException e) {
            log.warn(
                    "When sessions were last seen could not be written; it will be tried again", e);
        }
    }

    @Override
    public void start() {
        var thread = Thread.ofPlatform().daemon().name("last-seen").factory();
        writer = Executors.newSingleThreadScheduledExecutor(thread);
        writer.scheduleWithFixedDelay(
                this::write, SECONDS_BETWEEN, SECONDS_BETWEEN, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        if (writer != null) {
            writer.shutdownNow();
            writer = null;
            write();
        }
    }

    @Override
    public boolean isRunning() {
        return writer != null;
    }
}
