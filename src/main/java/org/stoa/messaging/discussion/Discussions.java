package org.stoa.messaging.discussion;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.messaging.discussion.DiscussionStore.Place;
import org.stoa.shared.Characters;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;
import org.stoa.web.limits.RateLimits;

/**
 * What is asked and answered under lessons. Who has a place in the course that holds now, or
 * teaches it, enters; for anybody else there is nothing. A lesson that is not open to a learner
 * keeps its discussion shut to them too.
 */
@Service
public class Discussions {
    public static final int LONGEST_TEXT = 5_000;
    public static final int LONGEST_REASON = 500;
    private static final int MOST_POSTS = 200;
    private static final RateLimits.Rule WRITES =
            new RateLimits.Rule("discussion", 20, Duration.ofMinutes(10));
    private static final RateLimits.Rule REPORTS =
            new RateLimits.Rule("reports", 20, Duration.ofHours(1));

    private final DiscussionStore store;
    private final ReportStore reports;
    private final DiscussionRooms rooms;
    private final DiscussionNews news;
    private final RateLimits limits;
    private final Ids ids;
    private final Clock clock;

    Discussions(
            DiscussionStore store,
            ReportStore reports,
            DiscussionRooms rooms,
            DiscussionNews news,
            RateLimits limits,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.reports = reports;
        this.rooms = rooms;
        this.news = news;
        this.limits = limits;
        this.ids = ids;
        this.clock = clock;
    }

    /** What came of writing. */
    public sealed interface Outcome {
        /**
         * @param question that it belongs to
         */
        record Written(UUID question, UUID post) implements Outcome {}

        record TooMany(RateLimits.Answer limit) implements Outcome {}
    }

    /**
     * A lesson's discussion, as one reader sees it.
     *
     * @param writes the reader may ask and answer
     * @param looksAfter the reader may hide, restore and lock
     */
    public record Discussion(
            Release release,
            ReleaseLesson lesson,
            boolean writes,
            boolean looksAfter,
            Slice<Question> questions) {}

    /** Leads and assistants, a school's teachers where nobody leads, and administrators. */
    static boolean looksAfter(@Nullable CourseStanding staff) {
        return staff != null && staff.may(CourseRight.LEARNERS);
    }

    /**
     * Some of a lesson's questions, the latest first. Whoever asks is told when there are more.
     *
     * @param lesson its slug, or its id
     * @param only one question alone; null for all
     * @throws Problem.NotFound for who is not in the course
     * @throws Problem.Forbidden when the lesson is not open to them
     */
    public Discussion read(
            String course, String lesson, @Nullable String cursor, @Nullable UUID only, int limit) {
        var room = rooms.find(course, lesson);
        var wanted = new DiscussionStore.Wanted(Slice.after(cursor), only, limit + 1);
        var read = store.read(room.release().courseId(), room.lesson().id(), wanted);
        rooms.enter(room, read.staff());
        news.join(room.lesson().id());
        return new Discussion(
                room.release(),
                room.lesson(),
                DiscussionRooms.writes(room, read.staff()),
                looksAfter(read.staff()),
                Slice.of(read.questions(), limit, Question::id));
    }

    @Transactional
    public Outcome ask(String course, String lesson, String text) {
        var room = rooms.find(course, lesson);
        var standing = rooms.staff(room);
        rooms.enter(room, standing);
        mayWrite(DiscussionRooms.writes(room, standing));
        var words = words(text);
        var limit = limits.take(WRITES, Caller.current().personId().toString());
        if (!limit.granted()) {
            return new Outcome.TooMany(limit);
        }
        var question = ids.next();
        var id = room.release().courseId();
        store.ask(question, id, room.lesson().id(), clock.instant());
        store.write(new DiscussionStore.Written(question, id, question, words), clock.instant());
        news.written(room.lesson().id(), question);
        return new Outcome.Written(question, question);
    }

    @Transactional
    public Outcome answer(String course, UUID question, String text) {
        var entered = entered(course, question);
        mayWrite(entered.writes());
        var place = entered.place();
        var words = words(text);
        if (place.locked()) {
            throw new Problem.Conflict(say("talk.locked"));
        }
        if (place.posts() >= MOST_POSTS) {
            throw new Problem.Conflict(say("talk.full"));
        }
        var limit = limits.take(WRITES, Caller.current().personId().toString());
        if (!limit.granted()) {
            return new Outcome.TooMany(limit);
        }
        var post = ids.next();
        store.write(
                new DiscussionStore.Written(post, place.course(), place.question(), words),
                clock.instant());
        news.written(place.lesson(), post);
        return new Outcome.Written(place.question(), post);
    }

    /** Changes one's own words. */
    @Transactional
    public Outcome edit(String course, UUID post, String text) {
        var place = own(course, post);
        var words = words(text);
        if (place.removed()) {
            throw new Problem.Conflict(say("talk.goneAlready"));
        }
        var limit = limits.take(WRITES, Caller.current().personId().toString());
        if (!limit.granted()) {
            return new Outcome.TooMany(limit);
        }
        store.edit(post, words, clock.instant());
        news.written(place.lesson(), post);
        return new Outcome.Written(place.question(), post);
    }

    /** Takes back one's own words; doing it again changes nothing. */
    @Transactional
    public Place remove(String course, UUID post) {
        var place = own(course, post);
        store.remove(post, clock.instant());
        news.changed(place.lesson());
        return place;
    }

    /** By whoever asked, or by staff who look after the course's learners. */
    @Transactional
    public Place resolve(String course, UUID question, boolean resolved) {
        var place = entered(course, question).place();
        boolean asker = place.asker().equals(Caller.current().person());
        if (!asker && !looksAfter(place.staff())) {
            throw new Problem.Forbidden(say("talk.notYoursToResolve"));
        }
        store.resolve(place.question(), resolved, clock.instant());
        news.changed(place.lesson());
        return place;
    }

    /** Tells the course's staff of a post; once a reader. */
    @Transactional
    public Outcome report(String course, UUID post, String why) {
        var place = entered(course, post).place();
        if (place.author().equals(Caller.current().person())) {
            throw new Problem.Conflict(say("talk.reportOwn"));
        }
        var reason = Characters.kept(why).strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new Problem.Invalid("why", say("talk.sayWhy", LONGEST_REASON));
        }
        if (place.removed()) {
            throw new Problem.Conflict(say("talk.goneAlready"));
        }
        var limit = limits.take(REPORTS, Caller.current().personId().toString());
        if (!limit.granted()) {
            return new Outcome.TooMany(limit);
        }
        if (!reports.report(post, place.course(), reason, clock.instant())) {
            throw new Problem.Conflict(say("talk.reportedAlready"));
        }
        news.reported(post);
        return new Outcome.Written(place.question(), post);
    }

    /** A post, by somebody who has entered the discussion that it stands in. */
    private record Entered(Place place, boolean writes) {}

    private Entered entered(String course, UUID post) {
        var place =
                store.place(post)
                        .filter(it -> it.slug().equals(course))
                        .orElseThrow(DiscussionRooms::nothing);
        var room = rooms.find(course, place.lesson().toString());
        rooms.enter(room, place.staff());
        return new Entered(place, DiscussionRooms.writes(room, place.staff()));
    }

    private Place own(String course, UUID post) {
        var place = entered(course, post).place();
        if (!place.author().equals(Caller.current().person())) {
            throw new Problem.Forbidden(say("talk.notYours"));
        }
        return place;
    }

    private static void mayWrite(boolean writes) {
        if (!writes) {
            throw new Problem.Forbidden(say("talk.readsOnly"));
        }
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
