package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.Releases;
import org.stoa.enrollment.Admission.CourseName;
import org.stoa.identity.addresses.Addresses;
import org.stoa.media.WebPicture;
import org.stoa.shared.Money;
import org.stoa.tenancy.Caller;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What a learner sees of their courses: the shelf, and how they stand beside a course. */
@Controller
public class LearningPages {
    private static final int EXCERPT = 180;

    private final Shelf shelf;
    private final Releases releases;
    private final Addresses addresses;
    private final Shells shells;

    LearningPages(Shelf shelf, Releases releases, Addresses addresses, Shells shells) {
        this.shelf = shelf;
        this.releases = releases;
        this.addresses = addresses;
        this.shells = shells;
    }

    /** How far somebody is with one lesson. */
    public enum Standing {
        NEW,
        STARTED,
        DONE;

        /** The word in the page: {@code new}, {@code started}, {@code done}. */
        public String word() {
            return this == NEW ? "new" : this == STARTED ? "started" : "done";
        }
    }

    /**
     * {@code enrollment/learning}.
     *
     * @param goOn the course to go on with, shown large; null when there is none
     * @param shelf the others that are not finished
     * @param ended what was open to them and is not any more; what they learned is kept
     * @param unproved whether the reader has still to show that their address is theirs
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record LearningView(
            @Nullable ShelfCourse goOn,
            List<ShelfCourse> shelf,
            List<ShelfCourse> finished,
            List<ShelfCourse> ended,
            boolean unproved,
            String notice) {}

    /**
     * A course on somebody's shelf.
     *
     * @param modules how many lessons of each module count
     * @param next the lesson to go on with; null when all are done, or none is open yet
     * @param waiting what opens next, where none is open
     * @param lastActivity when they last did something in it
     * @param finishedAt when the last lesson was done; null before that
     * @param excerpt the beginning of the lesson to go on with, plain text; may be empty
     */
    public record ShelfCourse(
            String slug,
            String title,
            List<Integer> modules,
            int completed,
            int total,
            @Nullable NextLesson next,
            @Nullable WaitingLesson waiting,
            Instant lastActivity,
            @Nullable Instant finishedAt,
            String excerpt,
            @Nullable WebPicture cover) {}

    /** The lesson to go on with. */
    public record NextLesson(String slug, String title, int minutes) {}

    /**
     * A lesson that is not open yet.
     *
     * @param opensAt null where that is no matter of time
     */
    public record WaitingLesson(String slug, String title, @Nullable Instant opensAt) {}

    /**
     * {@code enrollment/standing}, the fragment at {@code /fragments/standing/{course}} in the
     * course page's panel: join, or go on. Joining posts to {@code /courses/{slug}/join}.
     *
     * @param entry whether they may join
     * @param modules how many lessons of each module count
     * @param learned the slugs of the lessons that are done
     * @param completed how many of those count
     * @param next where to go on; null when not enrolled, all is done, or none is open yet
     * @param waiting what opens next, where none is open
     * @param cohorts those that they may join the course in
     */
    public record StandingView(
            String slug,
            boolean signedIn,
            boolean enrolled,
            Entry entry,
            List<Integer> modules,
            List<String> learned,
            int completed,
            int total,
            @Nullable NextLesson next,
            @Nullable WaitingLesson waiting,
            List<Group> cohorts,
            String csrf) {}

    /**
     * Whether somebody may join a course.
     *
     * @param kind {@code open}, {@code sold}, {@code not-yet}, {@code closed}, {@code full} or
     *     {@code first}
     * @param at when it begins or has ended to take learners in
     * @param first the courses to be finished before
     * @param prices what it costs, at least one where it is sold
     */
    public record Entry(
            String kind, @Nullable Instant at, List<CourseName> first, List<Money> prices) {
        public Entry(String kind, @Nullable Instant at, List<CourseName> first) {
            this(kind, at, first, List.of());
        }

        public static Entry of(Admission admission) {
            return switch (admission) {
                case Admission.Open open -> new Entry("open", null, List.of());
                case Admission.NotYet(var from) -> new Entry("not-yet", from, List.of());
                case Admission.Closed(var since) -> new Entry("closed", since, List.of());
                case Admission.Full full -> new Entry("full", null, List.of());
                case Admission.ForSale(var prices) -> new Entry("sold", null, List.of(), prices);
                case Admission.First(var courses) -> new Entry("first", null, courses);
            };
        }

        public boolean open() {
            return kind.equals("open");
        }

        public boolean sold() {
            return kind.equals("sold");
        }
    }

    /** A cohort that can be joined. */
    public record Group(UUID id, String name, @Nullable Instant startsAt, boolean full) {}

    /** {@code enrollment/join}: the same question as a page, for a browser without scripts. */
    public record JoinView(
            String slug, String title, String price, Entry entry, List<Group> cohorts) {}

    /**
     * {@code enrollment/leave}: asks before a place is given up. Posts to {@code
     * /courses/{slug}/leave}.
     *
     * @param completed how many lessons are done, and will still be
     */
    public record LeaveView(String slug, String title, int completed) {}

    /**
     * {@code enrollment/corner}, the fragment at {@code /fragments/corner} in every page's corner.
     *
     * @param person tells people at one browser apart, so that what one did offline is not sent for
     *     another; their id, empty for nobody
     * @param platform on the platform's own site
     * @param teacher whether the studio is open to them; the same for admin and the members
     * @param news address of the worker that hears news for all of their open pages
     */
    public record CornerView(
            boolean signedIn,
            String person,
            boolean platform,
            String name,
            boolean teacher,
            boolean admin,
            String news,
            String csrf) {
        public static CornerView nobody(boolean platform) {
            return new CornerView(false, "", platform, "", false, false, "", "");
        }

        /** Up to two letters that stand for the person. */
        public String initials() {
            var words = name.strip().split("\\s+");
            var letters = new StringBuilder();
            for (int i = 0;
                    i < words.length && letters.codePointCount(0, letters.length()) < 2;
                    i++) {
                if (!words[i].isEmpty()) {
                    letters.appendCodePoint(Character.toUpperCase(words[i].codePointAt(0)));
                }
            }
            return letters.toString();
        }
    }

    @GetMapping("/learn")
    @Allowed(Who.MEMBER)
    Page learning(@RequestParam(defaultValue = "") String done, HttpServletRequest request) {
        var courses = shelf.all();
        var open = courses.open().stream().filter(c -> !c.progress().finished()).toList();
        var finished = courses.open().stream().filter(c -> c.progress().finished()).toList();
        var view =
                new LearningView(
                        open.isEmpty() ? null : onShelf(open.getFirst(), true),
                        open.stream().skip(1).map(c -> onShelf(c, false)).toList(),
                        finished.stream().map(c -> onShelf(c, false)).toList(),
                        courses.ended().stream().map(c -> onShelf(c, false)).toList(),
                        addresses.unproved(Caller.current().personId()),
                        done.equals("left") ? say("learn.left") : "");
        return Page.of(
                "enrollment/learning",
                shells.personal(request, say("page.myLearning"), "learning"),
                view);
    }

    private ShelfCourse onShelf(Shelf.Course course, boolean withExcerpt) {
        var release = course.release();
        var next = course.next();
        var waiting = course.waiting();
        return new ShelfCourse(
                release.slug(),
                release.title(),
                release.strokes(),
                course.progress().completed(),
                course.progress().total(),
                next == null ? null : new NextLesson(next.slug(), next.title(), next.minutes()),
                waiting == null
                        ? null
                        : new WaitingLesson(waiting.slug(), waiting.title(), course.opensAt()),
                course.lastActivity(),
                course.progress().finished() ? course.lastActivity() : null,
                next == null || !withExcerpt
                        ? ""
                        : releases.body(release, next.id()).excerpt(EXCERPT),
                release.document().cover());
    }
}
