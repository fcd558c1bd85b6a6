package org.stoa.inbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Service;
import org.stoa.shared.Ids;
import org.stoa.tenancy.Organization;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes webhooks in: verified, stored under their sender's id, and only then acknowledged. What
 * follows is tried at once; what does not succeed then is done later by {@link InboxWorker}.
 */
@Service
@EnableConfigurationProperties(InboxSettings.class)
public class Inbox {
    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    /** When the worker looks, should the process end before its first try does. */
    private static final Duration LEFT_BEHIND_AFTER = Duration.ofSeconds(2);

    /** For what was fetched: nobody waits for it. */
    private static final Duration LONGEST_TRY = Duration.ofSeconds(30);

    /** Tries beside the requests that store, on a pool of a few connections. */
    private static final int AT_ONCE = 2;

    private static final int LONGEST_REASON = 500;
    private static final int LONGEST_EXPONENT = 12;

    private final Map<String, WebhookSource> sources = new ConcurrentHashMap<>();
    private final SchoolSource own;
    private final InboxStore store;
    private final InboxSettings settings;
    private final JsonMapper json;
    private final Ids ids;
    private final Clock clock;
    private final Semaphore trying = new Semaphore(AT_ONCE, true);
    private final ExecutorService tries = Executors.newVirtualThreadPerTaskExecutor();

    Inbox(
            List<WebhookSource> known,
            SchoolSource own,
            InboxStore store,
            InboxSettings settings,
            JsonMapper json,
            Ids ids,
            Clock clock) {
        known.forEach(source -> sources.put(source.name(), source));
        this.own = own;
        this.store = store;
        this.settings = settings;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
    }

    /** Signed, and yet nothing that could be followed: somebody has to look, and no time helps. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreadable() {
            super("It is no JSON object that says of which kind it is");
        }
    }

    /** What came of a delivery that was verified. */
    public record Receipt(String event, boolean first, EventStatus status) {}

    /**
     * Stores a delivery, and tries what follows for as long as {@code stoa.inbox.at-once-millis}.
     *
     * @throws Forged with nothing stored
     * @throws org.springframework.dao.DataAccessException when it could not be stored
     */
    Receipt receive(WebhookSource source, Delivery delivery) {
        var announced = source.read(delivery);
        var now = clock.instant();
        var school = delivery.school();
        var kept =
                store.keep(
                        new InboxStore.Fresh(
                                ids.next(),
                                source.name(),
                                school == null ? null : school.id(),
                                announced,
                                delivery.body(),
                                now,
                                now.plus(LEFT_BEHIND_AFTER)));
        var status = kept.first() ? atOnce(kept.id()) : kept.status();
        return new Receipt(announced.id(), kept.first(), status);
    }

    /**
     * Takes in what a source said when it was asked, since no webhook brought it. It is tried at
     * once; should it come after all, it is known.
     *
     * @param organization at whose host it would have come
     * @param body as it would have come
     * @return false where it is known already
     */
    public boolean fetched(String source, UUID organization, Announced announced, byte[] body) {
        var now = clock.instant();
        var fresh =
                new InboxStore.Fresh(
                        ids.next(),
                        source,
                        organization,
                        announced,
                        body,
                        now,
                        now.plus(LEFT_BEHIND_AFTER));
        boolean first = store.keepFetched(fresh, new InboxStore.Line(now, "fetched", "", 0));
        if (first) {
            attempt(fresh.id(), 1, LONGEST_TRY);
        }
        return first;
    }

    /** Those of some events' ids that are known; at most some hundred are asked for at once. */
    public Set<String> known(String source, UUID organization, Collection<String> events) {
        return store.known(source, organization, events);
    }

    /** The names of the senders that this program knows; schools' own ones are not among them. */
    public Set<String> sources() {
        return sources.keySet();
    }

    /** Who sends to this address of a host; empty where nobody does. */
    Optional<WebhookSource> source(String name, @Nullable Organization school) {
        var known = sources.get(name);
        if (known != null || school == null) {
            return Optional.ofNullable(known).filter(source -> source.servedAt(school));
        }
        var secrets = own.secrets(school.id(), name);
        return secrets.isEmpty()
                ? Optional.empty()
                : Optional.of(new OwnSource(name, secrets, json));
    }

    /** The sender waits no longer than is said; the try itself goes on for a little. */
    private EventStatus atOnce(UUID id) {
        var limit = Duration.ofMillis(settings.atOnceMillis());
        long patience = limit.toMillis() * 2 / 3;
        long begun = System.nanoTime();
        try {
            if (!trying.tryAcquire(patience, TimeUnit.MILLISECONDS)) {
                return EventStatus.PENDING;
            }
            var attempt =
                    tries.submit(() -> {
                        try {
                            return attempt(id, 1, limit);
                        } finally {
                            trying.release();
                        }
                    });
            long waited = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            return attempt.get(Math.max(patience - waited, 0), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException later) {
            return EventStatus.PENDING;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return EventStatus.PENDING;
        }
    }

    /**
     * Does what follows from an event, or notes why that could not be done and when it is tried
     * again.
     *
     * @param tries with this one
     */
    EventStatus attempt(UUID id, int tries, Duration limit) {
        var begun = clock.instant();
        try {
            var tried =
                    store.together(() -> {
                        store.begin(limit);
                        var event = store.open(id).orElse(null);
                        if (event == null) {
                            return new Tried(EventStatus.PENDING, null);
                        }
                        if (apart(event)) {
                            return new Tried(EventStatus.PENDING, event);
                        }
                        complete(event, follow(event), begun);
                        return new Tried(EventStatus.COMPLETED, null);
                    });
            var left = tried.left();
            if (left == null) {
                return tried.status();
            }
            var effects = follow(left);
            store.together(() -> {
                complete(left, effects, begun);
                return left;
            });
            return EventStatus.COMPLETED;
        } catch (RuntimeException | Error e) {
            // Whatever it is, it is this event's: the thread goes on with the others.
            log.warn("The webhook event {} could not be done at try {}", id, tries, e);
            if (e instanceof Unreadable) {
                return inVain(
                        id,
                        Math.max(tries, settings.attempts()),
                        Duration.between(begun, clock.instant()),
                        String.valueOf(e.getMessage()));
            }
            return inVain(id, tries, Duration.between(begun, clock.instant()), reason(e));
        }
    }

    /** What came of a try so far, and what is still to be done, apart. */
    private record Tried(EventStatus status, @Nullable StoredEvent left) {}

    private boolean apart(StoredEvent event) {
        var source = sources.get(event.source());
        return source != null && source.apart();
    }

    private void complete(StoredEvent event, List<Effect> effects, Instant begun) {
        var end = clock.instant();
        var took = Duration.between(begun, end).toMillis();
        store.complete(event.id(), effects, new InboxStore.Line(end, "completed", "", took));
    }

    /** Notes that a try was in vain: tried again after 1, 2, 4, 8, 16 … seconds, then dead. */
    EventStatus inVain(UUID id, int tries, Duration took, String reason) {
        var now = clock.instant();
        boolean dead = tries >= settings.attempts();
        var wait = Duration.ofSeconds(1L << Math.min(Math.max(tries, 1) - 1, LONGEST_EXPONENT));
        var outcome = dead ? "dead" : "failed";
        store.fail(
                id,
                new InboxStore.Line(now, outcome, reason, took.toMillis()),
                dead ? null : now.plus(wait));
        return dead ? EventStatus.DEAD : EventStatus.FAILED;
    }

    /**
     * Has events of one host done again, whatever became of them before.
     *
     * @param organization whose; null for the platform's
     * @param by who says so, kept in their histories
     */
    public void again(List<UUID> events, @Nullable UUID organization, String by) {
        var line = new InboxStore.Line(clock.instant(), "replayed", by, 0);
        store.again(events, organization, line);
    }

    private List<Effect> follow(StoredEvent event) {
        var source = sources.get(event.source());
        if (source == null && event.organization() != null) {
            // A school's own system: what it sends is kept and shown.
            return List.of();
        }
        if (source == null) {
            throw new IllegalStateException("There is no source " + event.source() + " here");
        }
        if (event.kind().isEmpty()) {
            throw new Unreadable();
        }
        return source.knows(event.kind()) ? source.apply(event) : List.of();
    }

    private static String reason(Throwable e) {
        var text = e.getClass().getSimpleName() + ": " + e.getMessage();
        var line = text.replaceAll("\\p{Cc}+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON);
    }
}
