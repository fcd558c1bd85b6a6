package org.stoa.enrollment;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.web.Ahead;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What a learner sees: the player and their shelf. */
@Controller
public class LearningPages {
    private static final int EXCERPT = 180;
    private static final String LEFT =
            "Your place is given up. What you learned is kept, should you come back.";

    private final Shelf shelf;
    private final Progress progress;
    private final Releases releases;
    private final Shells shells;
    private final Clock clock;

    LearningPages(Shelf shelf, Progress progress, Releases releases, Shells shells, Clock clock) {
        this.shelf = shelf;
        this.progress = progress;
        this.releases = releases;
        this.shells = shells;
        this.clock = clock;
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
     * {@code enrollment/player}.
     *
     * @param position of the lesson in the course, from 1
     * @param html the lesson's text, rendered and sanitized when it was published
     * @param stoppedAt how far they had read, in thousandths of the lesson's height
     */
    public record PlayerView(
            String courseSlug,
            String courseTitle,
            int completed,
            int total,
            int position,
            List<Part> outline,
            UUID lessonId,
            String lessonSlug,
            String number,
            String title,
            int module,
            int minutes,
            Standing standing,
            int stoppedAt,
            String html,
            @Nullable Step previous,
            @Nullable Step next) {
        /** The module that the lesson stands in. */
        public Part part() {
            return outline.get(module - 1);
        }

        public boolean done() {
            return standing == Standing.DONE;
        }
    }

    /**
     * A module in the player's outline.
     *
     * @param completed how many of its lessons are done
     */
    public record Part(String title, int completed, List<Step> lessons) {}

    /**
     * A lesson in the player's outline.
     *
     * @param number as people say it: {@code 3.3}
     */
    public record Step(
            UUID id, String slug, String number, String title, int minutes, Standing standing) {}

    /**
     * {@code enrollment/learning}.
     *
     * @param goOn the course to go on with, shown large; null when there is none
     * @param shelf the others that are not finished
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record LearningView(
            @Nullable ShelfCourse goOn,
            List<ShelfCourse> shelf,
            List<ShelfCourse> finished,
            String notice) {}

    /**
     * A course on somebody's shelf.
     *
     * @param modules how many lessons each module has
     * @param next the lesson to go on with; null when all are done
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
            Instant lastActivity,
            @Nullable Instant finishedAt,
            String excerpt) {}

    /** The lesson to go on with. */
    public record NextLesson(String slug, String title, int minutes) {}

    /**
     * {@code enrollment/standing}, the fragment at {@code /fragments/standing/{course}} in the
     * course page's panel: join, or go on. Joining posts to {@code /courses/{slug}/join}.
     *
     * @param full whether no place is left
     * @param learned the slugs of the lessons that are done
     * @param next where to go on; null when not enrolled or all is done
     */
    public record StandingView(
            String slug,
            boolean signedIn,
            boolean enrolled,
            boolean full,
            List<Integer> modules,
            List<String> learned,
            int total,
            @Nullable NextLesson next,
            String csrf) {
        public int completed() {
            return learned.size();
        }
    }

    /** {@code enrollment/join}: the same question as a page, for a browser without scripts. */
    public record JoinView(String slug, String title, String price, boolean full) {}

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
        var courses = shelf.courses();
        var open = courses.stream().filter(c -> !c.progress().finished()).toList();
        var finished = courses.stream().filter(c -> c.progress().finished()).toList();
        var view =
                new LearningView(
                        open.isEmpty() ? null : onShelf(open.getFirst(), true),
                        open.stream().skip(1).map(c -> onShelf(c, false)).toList(),
                        finished.stream().map(c -> onShelf(c, false)).toList(),
                        done.equals("left") ? LEFT : "");
        return Page.of(
                "enrollment/learning", shells.personal(request, "My learning", "learning"), view);
    }

    /** The course itself: on to the lesson where the learner stopped. */
    @GetMapping("/learn/{course}")
    @Allowed(Who.MEMBER)
    @ResponseBody
    ResponseEntity<Void> resume(@PathVariable String course) {
        var standing = standing(course);
        var release = release(standing);
        var next = Shelf.next(release, standing);
        var lesson = next == null ? release.lessons().getFirst() : next;
        return seeOther("/learn/" + course + "/" + lesson.slug());
    }

    @GetMapping("/learn/{course}/{lesson}")
    @Allowed(Who.MEMBER)
    Object lesson(
            @PathVariable String course,
            @PathVariable String lesson,
            HttpServletRequest request,
            HttpServletResponse response) {
        var standing = standing(course);
        if (!standing.open() && !Caller.current().isAtLeast(Role.TEACHER)) {
            return seeOther("/courses/" + course);
        }
        var release = release(standing);
        var at = release.lesson(lesson).orElseThrow(LearningPages::noSuchLesson);
        Ahead.keep(request, response);
        return Page.of(
                "enrollment/player",
                shells.personal(request, at.title(), "learning"),
                player(release, at, standing));
    }

    @PostMapping("/learn/{course}/{lesson}/done")
    @Allowed(Who.MEMBER)
    @ResponseBody
    ResponseEntity<Void> done(@PathVariable String course, @PathVariable String lesson) {
        var release = release(standing(course));
        var at = release.lesson(lesson).orElseThrow(LearningPages::noSuchLesson);
        progress.mark(new LessonMark(at.id(), LessonStatus.COMPLETED, 0, clock.instant()));
        int following = at.index() + 1;
        return following < release.lessons().size()
                ? seeOther("/learn/" + course + "/" + release.lessons().get(following).slug())
                : seeOther("/learn");
    }

    private PlayerView player(Release release, ReleaseLesson at, CourseStanding s) {
        var outline = new ArrayList<Part>(release.modules().size());
        int completed = 0;
        for (var module : release.modules()) {
            var steps = new ArrayList<Step>(module.lessons().size());
            int done = 0;
            for (var lesson : module.lessons()) {
                var step = step(lesson, s);
                done += step.standing() == Standing.DONE ? 1 : 0;
                steps.add(step);
            }
            completed += done;
            outline.add(new Part(module.title(), done, steps));
        }
        var lessons = release.lessons();
        int next = at.index() + 1;
        return new PlayerView(
                release.slug(),
                release.title(),
                completed,
                lessons.size(),
                next,
                outline,
                at.id(),
                at.slug(),
                at.number(),
                at.title(),
                at.moduleIndex() + 1,
                at.minutes(),
                standing(at, s),
                s.positions().getOrDefault(at.id(), 0),
                releases.body(release, at.id()).html(),
                at.index() == 0 ? null : step(lessons.get(at.index() - 1), s),
                next == lessons.size() ? null : step(lessons.get(next), s));
    }

    private static Step step(ReleaseLesson lesson, CourseStanding s) {
        return new Step(
                lesson.id(),
                lesson.slug(),
                lesson.number(),
                lesson.title(),
                lesson.minutes(),
                standing(lesson, s));
    }

    private static Standing standing(ReleaseLesson lesson, CourseStanding s) {
        if (s.completed().contains(lesson.id())) {
            return Standing.DONE;
        }
        return s.positions().containsKey(lesson.id()) ? Standing.STARTED : Standing.NEW;
    }

    private ShelfCourse onShelf(Shelf.Course course, boolean withExcerpt) {
        var release = course.release();
        var next = course.next();
        return new ShelfCourse(
                release.slug(),
                release.title(),
                release.modules().stream().map(m -> m.lessons().size()).toList(),
                course.progress().completed(),
                course.progress().total(),
                next == null ? null : new NextLesson(next.slug(), next.title(), next.minutes()),
                course.lastActivity(),
                course.progress().finished() ? course.lastActivity() : null,
                next == null || !withExcerpt
                        ? ""
                        : releases.body(release, next.id()).excerpt(EXCERPT));
    }

    private CourseStanding standing(String course) {
        return shelf.standing(course)
                .filter(s -> s.releaseId() != null)
                .orElseThrow(() -> new Problem.NotFound("There is no course at this address."));
    }

    private Release release(CourseStanding standing) {
        return releases.byId(java.util.Objects.requireNonNull(standing.releaseId()));
    }

    private static Problem noSuchLesson() {
        return new Problem.NotFound(
                "There is no lesson at this address. It may have been renamed.");
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
