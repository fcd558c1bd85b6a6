package org.stoa.inbox.view;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.inbox.EventStatus;
import org.stoa.inbox.Inbox;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;

/** Looking at what came in at the caller's host, and having it done again. */
@Service
class Events {
    private static final Duration COUNTED = Duration.ofDays(30);

    private final EventStore store;
    private final Inbox inbox;
    private final Clock clock;

    Events(EventStore store, Inbox inbox, Clock clock) {
        this.store = store;
        this.inbox = inbox;
        this.clock = clock;
    }

    /**
     * @param status a word, empty for all
     * @param source a name, empty for all
     * @throws Problem.Invalid for a word or a cursor there is not
     */
    Slice<EventLine> list(String status, String source, @Nullable String cursor, int limit) {
        var sought =
                new EventStore.Sought(
                        status.isEmpty() ? null : status(status),
                        source.isEmpty() ? null : source,
                        Slice.after(cursor));
        return Slice.of(store.list(here(), sought, limit + 1), limit, EventLine::id);
    }

    /** A source, as its last thirty days went. */
    record Standing(String source, Map<EventStatus, Long> counts) {
        long all() {
            return counts.values().stream().mapToLong(n -> n).sum();
        }

        /** In percent of what is not under way; 100 where nothing is done yet. */
        int success() {
            long good = counts.getOrDefault(EventStatus.COMPLETED, 0L);
            long bad =
                    counts.getOrDefault(EventStatus.DEAD, 0L)
                            + counts.getOrDefault(EventStatus.FAILED, 0L);
            return good + bad == 0 ? 100 : (int) (good * 100 / (good + bad));
        }
    }

    List<Standing> standings() {
        var bySource = new LinkedHashMap<String, Map<EventStatus, Long>>();
        for (var count : store.counts(here(), clock.instant().minus(COUNTED))) {
            bySource.computeIfAbsent(count.source(), s -> new EnumMap<>(EventStatus.class))
                    .put(count.status(), count.events());
        }
        var standings = new ArrayList<Standing>();
        bySource.forEach((source, counts) -> standings.add(new Standing(source, counts)));
        return standings;
    }

    EventWhole one(UUID id) {
        return store.one(here(), id)
                .orElseThrow(() -> new Problem.NotFound(say("inbox.noSuchEvent")));
    }

    /**
     * Has an event done again, whatever became of it before.
     *
     * @throws Problem.Conflict when its body is not kept any more
     */
    void replay(UUID id) {
        if (one(id).payload() == null) {
            throw new Problem.Conflict(say("inbox.notKept"));
        }
        inbox.again(List.of(id), here(), Caller.current().name());
    }

    private static @Nullable UUID here() {
        var school = Caller.current().organization();
        return school == null ? null : school.id();
    }

    private static EventStatus status(String word) {
        for (var status : EventStatus.values()) {
            if (status.word().equals(word.toLowerCase(Locale.ROOT))) {
                return status;
            }
        }
        throw new Problem.Invalid("status", say("inbox.noSuchStatus"));
    }
}
