package org.stoa.messaging.discussion;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.catalog.people.CourseRight;
import org.stoa.catalog.people.CourseStaff;
import org.stoa.messaging.discussion.DiscussionStore.Place;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;

/**
 * What a course's leads and assistants do in its discussions, and what readers reported to them.
 */
@Service
public class Moderation {
    private final DiscussionStore store;
    private final ReportStore reports;
    private final DiscussionNews news;
    private final CourseStaff staff;
    private final Clock clock;

    Moderation(
            DiscussionStore store,
            ReportStore reports,
            DiscussionNews news,
            CourseStaff staff,
            Clock clock) {
        this.store = store;
        this.reports = reports;
        this.news = news;
        this.staff = staff;
        this.clock = clock;
    }

    /**
     * A post that somebody reported.
     *
     * @param whys what each of them wrote
     */
    public record Reported(
            UUID id,
            UUID question,
            UUID lesson,
            String author,
            String markdown,
            boolean hidden,
            Instant at,
            List<String> whys) {}

    /** What was reported and nobody has settled, the latest post first. */
    public Slice<Reported> reported(String course, @Nullable String cursor, int limit) {
        var found = reports.open(course, Slice.after(cursor), limit + 1);
        return Slice.of(found, limit, Reported::id);
    }

    /** Hides a post's words from learners, which settles what was reported of it; or shows them. */
    @Transactional
    public Place hide(String course, UUID post, boolean hidden) {
        var place = place(course, post);
        if (place.removed()) {
            throw new Problem.Conflict(say("talk.goneAlready"));
        }
        store.hide(post, hidden, clock.instant());
        reports.dismiss(post, clock.instant());
        news.changed(place.lesson());
        return place;
    }

    /** Leaves a post as it is. */
    @Transactional
    public Place dismiss(String course, UUID post) {
        var place = place(course, post);
        reports.dismiss(post, clock.instant());
        return place;
    }

    /** Ends the answers to a question, or lets there be more. */
    @Transactional
    public Place lock(String course, UUID question, boolean locked) {
        var place = place(course, question);
        store.lock(place.question(), locked, clock.instant());
        news.changed(place.lesson());
        return place;
    }

    private Place place(String course, UUID post) {
        staff.require(CourseRight.LEARNERS, course);
        return store.place(post)
                .filter(it -> it.slug().equals(course))
                .orElseThrow(DiscussionRooms::nothing);
    }
}
