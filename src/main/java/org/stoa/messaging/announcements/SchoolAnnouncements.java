package org.stoa.messaging.announcements;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.shared.Characters;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.tenancy.Caller;

/**
 * What the staff of a course tell its learners, and administrators everybody in the school. Who may
 * write one is for the routes to say; who may read a course's is looked up here.
 */
@Service
public class SchoolAnnouncements {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 20_000;
    private static final Duration FARTHEST = Duration.ofDays(5 * 366L);

    private final AnnouncementStore store;
    private final Telling telling;
    private final Ids ids;
    private final Clock clock;

    SchoolAnnouncements(AnnouncementStore store, Telling telling, Ids ids, Clock clock) {
        this.store = store;
        this.telling = telling;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * An announcement to be made.
     *
     * @param text Markdown
     * @param at when it is to go; null for now
     * @param once the same for a form that is sent twice by mistake; empty for none
     */
    public record Wish(String title, String text, @Nullable Instant at, String once) {}

    /**
     * Some announcements of a course or of the school.
     *
     * @param title the course's; empty for the school
     * @param audience how many there are to be told; 0 for readers
     */
    record Board(String title, int audience, List<Announcement> items) {}

    /**
     * For whom may write there: those that wait, too, with how many were told.
     *
     * @param course its slug; null for the whole school
     * @param before only those that went earlier; null for the latest
     * @throws Problem.NotFound when the school has no such course
     */
    Board written(@Nullable String course, @Nullable UUID before, int most) {
        var board = board(course, true, before, most);
        return new Board(title(board), board.audience(), board.items());
    }

    /**
     * For readers.
     *
     * @throws Problem.NotFound when the school has no such course
     * @throws Problem.Forbidden when the caller has no place in it
     */
    Board read(@Nullable String course, @Nullable UUID before, int most) {
        var board = board(course, false, before, most);
        var at = board.course();
        if (at != null && !at.inside()) {
            throw new Problem.Forbidden(say("mail.announce.outside"));
        }
        return new Board(title(board), 0, board.items());
    }

    private AnnouncementStore.Board board(
            @Nullable String course, boolean all, @Nullable UUID before, int most) {
        return store.board(course, all, before, most, clock.instant())
                .orElseThrow(SchoolAnnouncements::noSuchCourse);
    }

    private static String title(AnnouncementStore.Board board) {
        var course = board.course();
        return course == null ? "" : course.title();
    }

    /**
     * Tells it now, or at its time. The same form sent twice is one announcement.
     *
     * @throws Problem.Invalid naming {@code title}, {@code text} or {@code at}
     */
    @Transactional
    public Announcement write(@Nullable String course, Wish wish) {
        var now = clock.instant();
        check(wish, now);
        var at = course == null ? null : course(course).id();
        var id = ids.next();
        var once =
                wish.once().isEmpty()
                        ? id.toString()
                        : Caller.current().personId() + " " + wish.once();
        var due = wish.at() == null ? now : wish.at();
        if (!store.add(id, at, wish, once, due, now)) {
            return store.sent(at, once)
                    .orElseThrow(() -> new Problem.Conflict(say("mail.announce.twice")));
        }
        telling.begin(id, wish.at());
        return found(at, id);
    }

    /** What is wrong with it, without keeping anything. */
    void check(Wish wish, Instant now) {
        var errors = new ArrayList<FieldError>();
        if (wish.title().isBlank()) {
            errors.add(new FieldError("title", say("mail.announce.noTitle")));
        }
        if (wish.title().length() > LONGEST_TITLE
                || wish.title().codePoints().anyMatch(Characters::hidden)) {
            errors.add(new FieldError("title", say("mail.announce.title.line", LONGEST_TITLE)));
        }
        if (wish.text().isBlank()) {
            errors.add(new FieldError("text", say("mail.announce.noText")));
        }
        if (wish.text().length() > LONGEST_TEXT
                || wish.text().codePoints().anyMatch(Characters::cannotBeKept)) {
            errors.add(new FieldError("text", say("mail.announce.text.long", LONGEST_TEXT)));
        }
        var at = wish.at();
        if (at != null && !at.isAfter(now)) {
            errors.add(new FieldError("at", say("mail.announce.passed")));
        }
        if (at != null && at.isAfter(now.plus(FARTHEST))) {
            errors.add(new FieldError("at", say("mail.announce.far")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
    }

    /**
     * Calls it off.
     *
     * @throws Problem.NotFound when there is no such announcement
     * @throws Problem.Conflict when people are being told, or were
     */
    @Transactional
    public Announcement cancel(@Nullable String course, UUID id) {
        var at = course == null ? null : course(course).id();
        var present = found(at, id);
        if (!store.cancel(at, id, clock.instant())
                && found(at, id).status() != Announcement.Status.CANCELLED) {
            throw new Problem.Conflict(say("mail.announce.gone", present.title()));
        }
        return found(at, id);
    }

    private Announcement found(@Nullable UUID course, UUID id) {
        return store.find(course, id)
                .orElseThrow(() -> new Problem.NotFound(say("mail.announce.none.such")));
    }

    private AnnouncementStore.Course course(String slug) {
        return store.course(slug, clock.instant()).orElseThrow(SchoolAnnouncements::noSuchCourse);
    }

    private static Problem.NotFound noSuchCourse() {
        return new Problem.NotFound(say("problem.noSuchCourse"));
    }
}
