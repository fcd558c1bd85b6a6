package org.stoa.messaging.letters;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.messaging.notifications.Notifications;
import org.stoa.shared.Characters;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;
import org.stoa.web.limits.RateLimits;

/**
 * What a learner of a course and its teachers write to each other: one conversation for each
 * learner and course, which all who look after the course's learners share.
 */
@Service
public class Letters {
    public static final int LONGEST_TEXT = 5_000;
    private static final RateLimits.Rule WRITES =
            new RateLimits.Rule("letters", 30, Duration.ofMinutes(10));

    private final LetterStore store;
    private final LetterNews news;
    private final Notifications notifications;
    private final RateLimits limits;
    private final Ids ids;
    private final Clock clock;

    Letters(
            LetterStore store,
            LetterNews news,
            Notifications notifications,
            RateLimits limits,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.news = news;
        this.notifications = notifications;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of writing. */
    public sealed interface Outcome {
        record Written(UUID letter) implements Outcome {}

        record TooMany(RateLimits.Answer limit) implements Outcome {}
    }

    /**
     * A conversation in a list.
     *
     * @param mine the reader is the learner
     * @param words of the last letter, shortened
     */
    public record Line(
            String course,
            String title,
            UUID learner,
            String learnerName,
            boolean mine,
            UUID last,
            String author,
            String words,
            Instant at,
            int unread) {
        public String path() {
            return mine ? "/messages/" + course : "/messages/" + course + "/" + learner;
        }
    }

    /** The caller's, the one with the latest letter first. */
    public Slice<Line> list(@Nullable String cursor, int limit) {
        var found = store.list(Caller.current().personId(), Slice.after(cursor), limit + 1);
        return Slice.of(found, limit, Line::last);
    }

    /**
     * @param learner null for the caller's own
     * @throws Problem.NotFound when there is none, and the caller could begin none
     */
    public Conversation read(
            String course, @Nullable UUID learner, @Nullable String cursor, int limit) {
        var me = Caller.current().personId();
        var whose = learner == null ? me : learner;
        var wanted = new LetterStore.Wanted(course, whose, whose.equals(me), clock.instant());
        var found =
                store.read(wanted, Slice.after(cursor), limit + 1)
                        .filter(it -> it.writes() || !it.letters().isEmpty())
                        .orElseThrow(() -> new Problem.NotFound(say("letters.nothing")));
        news.join(found);
        var letters = found.letters();
        return letters.size() <= limit
                ? found
                : new Conversation(
                        found.courseId(),
                        found.course(),
                        found.title(),
                        found.learner(),
                        found.learnerName(),
                        found.mine(),
                        found.writes(),
                        letters.subList(letters.size() - limit, letters.size()),
                        true,
                        found.unread(),
                        found.readByOthers());
    }

    /**
     * @param learner null for the caller's own conversation
     */
    @Transactional
    public Outcome write(String course, @Nullable UUID learner, String text) {
        var at = read(course, learner, null, 1);
        var words = words(text);
        if (!at.writes()) {
            throw new Problem.Conflict(at.mine() ? say("letters.left") : say("letters.theyLeft"));
        }
        var limit = limits.take(WRITES, Caller.current().personId().toString());
        if (!limit.granted()) {
            return new Outcome.TooMany(limit);
        }
        var letter = ids.next();
        store.write(at, letter, words, clock.instant());
        store.read(at, letter, clock.instant());
        notifications.readOf(at.path());
        news.written(at, letter);
        return new Outcome.Written(letter);
    }

    /** All that there is now is read; doing it again changes nothing. */
    @Transactional
    public void markRead(String course, @Nullable UUID learner) {
        var at = read(course, learner, null, 1);
        if (at.letters().isEmpty()) {
            return;
        }
        store.read(at, at.letters().getLast().id(), clock.instant());
        notifications.readOf(at.path());
        news.read(at);
    }

    private static String words(String text) {
        var words = Characters.said(text).replace("\r\n", "\n").strip();
        if (words.isEmpty()) {
            throw new Problem.Invalid("text", say("talk.empty"));
        }
        if (words.length() > LONGEST_TEXT) {
            throw new Problem.Invalid("text", say("talk.long", LONGEST_TEXT, words.length()));
        }
        return words;
    }
}
