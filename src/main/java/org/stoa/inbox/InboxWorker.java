package org.stoa.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Does what the first try did not: events left behind by a process that ended, and those that
 * failed, when their time has come. Also forgets what is older than has to be known.
 */
@Component
class InboxWorker implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(InboxWorker.class);
    private static final int THREADS = 2;
    private static final Duration LONGEST_TRY = Duration.ofSeconds(30);
    private static final Duration CLAIM = Duration.ofSeconds(60);
    private static final Duration BETWEEN_PRUNES = Duration.ofHours(1);
    private static final int LEAST_DAYS = 30;
    private static final int IDS_LONGER = 3;
    private static final long PAUSE_MILLIS = 500;

    private final Inbox inbox;
    private final InboxStore store;
    private final InboxSettings settings;
    private final Clock clock;
    private final boolean enabled;

    /** Claims of this process, by their ends, that nothing came of since the database went away. */
    private final Queue<Instant> leftOver = new ConcurrentLinkedQueue<>();

    private volatile boolean running;
    private Instant pruned = Instant.EPOCH;
    private @Nullable ExecutorService threads;

    InboxWorker(
            Inbox inbox,
            InboxStore store,
            InboxSettings settings,
            Clock clock,
            @Value("${stoa.jobs.enabled:true}") boolean enabled) {
        this.inbox = inbox;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.enabled = enabled;
    }

    @Override
    public void start() {
        if (!enabled) {
            return;
        }
        running = true;
        threads =
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("inbox-", 0).factory());
        for (int i = 0; i < THREADS; i++) {
            threads.execute(this::work);
        }
    }

    private void work() {
        while (running) {
            try {
                if (!next()) {
                    prune();
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (DataAccessException | TransactionException away) {
                if (!pause(away)) {
                    return;
                }
            } catch (RuntimeException | Error e) {
                log.error("The inbox's worker stumbled", e);
                if (!pause(e)) {
                    return;
                }
            }
        }
    }

    /** Does one event whose time has come; false when there is none. */
    boolean next() {
        var now = clock.instant();
        for (var until = leftOver.peek(); until != null; until = leftOver.peek()) {
            store.giveUp(until, now);
            leftOver.poll();
        }
        var until = now.plus(CLAIM);
        try {
            var claimed = store.claim(inbox.sources(), now, until);
            claimed.ifPresent(this::attempt);
            return claimed.isPresent();
        } catch (DataAccessException | TransactionException away) {
            // It may be claimed, though no answer came; or not even a try in vain could be noted.
            leftOver.add(until);
            throw away;
        }
    }

    private void attempt(InboxStore.Claimed event) {
        if (event.tries() > settings.attempts()) {
            var reason = "The process ended in the last try";
            inbox.inVain(event.id(), event.tries(), Duration.ZERO, reason);
        } else {
            inbox.attempt(event.id(), event.tries(), LONGEST_TRY);
        }
    }

    private synchronized void prune() {
        var now = clock.instant();
        if (pruned.plus(BETWEEN_PRUNES).isAfter(now)) {
            return;
        }
        pruned = now;
        var days = Duration.ofDays(Math.max(LEAST_DAYS, settings.keepDays()));
        store.prune(now.minus(days), now.minus(days.multipliedBy(IDS_LONGER)));
    }

    private boolean pause(Throwable why) {
        log.warn("The inbox waits for the database: {}", why.getMessage());
        try {
            TimeUnit.SECONDS.sleep(1);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        if (threads != null) {
            threads.shutdown();
            try {
                if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                    threads.shutdownNow();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            threads = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
