package org.stoa.messaging.notifications;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.live.EventStreams;

/**
 * What people are told inside Stoa. The number of what somebody has not read is counted from the
 * rows whenever a page asks; open pages are only told to ask again, so that it is the same on every
 * device however news overtake each other.
 */
@Service
public class Notifications {
    /** The event that open pages hear, and what it says: to ask again. */
    private static final String EVENT = "notification";

    private static final String NEWS = "{}";
    private static final int MOST_OF_A_WHILE = 100;

    private final NotificationStore store;
    private final EventStreams streams;
    private final Ids ids;
    private final Clock clock;

    Notifications(NotificationStore store, EventStreams streams, Ids ids, Clock clock) {
        this.store = store;
        this.streams = streams;
        this.ids = ids;
        this.clock = clock;
    }

    /** Some of what a person is told, and how many of all they have not read. */
    public record Told(List<Notification> items, int unread) {}

    /**
     * Tells people something, as the school's office; about one thing nobody is told twice.
     *
     * @return whom it was news to
     */
    @Transactional
    public List<UUID> tell(
            List<UUID> people, String kind, Map<String, String> values, String path, String about) {
        var fresh = Stream.generate(ids::next).limit(people.size()).toList();
        var told = store.tell(fresh, people, kind, values, path, about, clock.instant());
        var school = Caller.current().school().id();
        told.forEach(person -> streams.send(school, person, EVENT, NEWS));
        return told;
    }

    /**
     * What somebody was told in a while, the latest first, at most 100: for the school's office.
     */
    public List<Notification> between(UUID person, Instant from, Instant to) {
        return store.between(person, from, to, MOST_OF_A_WHILE);
    }

    Told latest(@Nullable UUID before, int most) {
        return store.latest(Caller.current().personId(), before, most);
    }

    int unread() {
        var caller = Caller.current();
        return caller.role() == null || caller.suspended() || caller.person() == null
                ? 0
                : store.unread(caller.person());
    }

    /**
     * Marks one of the caller's, and says where it leads.
     *
     * @throws Problem.NotFound when it is not theirs
     */
    @Transactional
    public String read(UUID id, boolean read) {
        var path =
                store.read(Caller.current().personId(), id, read, clock.instant())
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchNotification")));
        tellMe();
        return path;
    }

    @Transactional
    public void readAll() {
        store.readAll(Caller.current().personId(), clock.instant());
        tellMe();
    }

    /** Marks as read what leads the caller to this path: they are there. */
    @Transactional
    public void readOf(String path) {
        if (store.readOf(Caller.current().personId(), path, clock.instant()) > 0) {
            tellMe();
        }
    }

    /** The other pages and devices of the caller. */
    private void tellMe() {
        var caller = Caller.current();
        streams.send(caller.school().id(), caller.personId(), EVENT, NEWS);
    }
}
