package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.stoa.catalog.Release;
import org.stoa.catalog.ReleaseLesson;
import org.stoa.catalog.Releases;
import org.stoa.catalog.rules.Opening.Why;
import org.stoa.enrollment.LearningPages.Standing;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.web.Ahead;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The player: where lessons are read, and where one that is not open yet says when it will be. */
@Controller
public class PlayerPages {
    private final Shelf shelf;
    private final Progress progress;
    private final Releases releases;
    private final Shells shells;
    private final Clock clock;

    PlayerPages(Shelf shelf, Progress progress, Releases releases, Shells shells, Clock clock) {
        this.shelf = shelf;
        this.progress = progress;
        this.releases = releases;
        this.shells = shells;
        this.clock = clock;
    }

    /**
     * Where a player's links lead.
     *
     * @param before a lesson's slug
     * @param behind it, a query or nothing
     * @param out of the player
     * @param preview what is previewed, for whom; empty for learners
     * @param afterwards what stands behind a slug once a lesson is done; where it is previewed
     */
    public record Way(
            String before,
            String behind,
            String out,
            String preview,
            Function<ReleaseLesson, String> afterwards) {
        public String to(Step step) {
            return before + step.slug() + behind;
        }

        public boolean isPreview() {
            return !preview.isEmpty();
        }
    }

    /**
     * Why a lesson is not open to this learner.
     *
     * @param at when it opens; null where that is no matter of time
     * @param first what is to be done before
     * @param outside it is for those who joined the course
     */
    public record Lock(
            @Nullable Instant at, @Nullable Why why, List<Step> first, boolean outside) {}

    /**
     * {@code enrollment/player}, and {@code enrollment/locked} where {@code lock} is there.
     *
     * @param completed how many of the lessons that count are done, of {@code total}
     * @param position of the lesson in the course, from 1, of {@code lessons}
     * @param strokes how many lessons of each module count
     * @param counts whether this one does
     * @param html the lesson's text, rendered and sanitized when it was published; empty where it
     *     is locked
     * @param language the course's, a BCP 47 tag
     * @param stoppedAt how far they had read, in thousandths of the lesson's height
     * @param next the one to go on with once this is done; null when none is open then
     * @param waiting what opens next, where none is open
     * @param onward where somebody who previews it goes on; null for learners and at the end
     * @param lock why it is not open; null where it is
     * @param learns whether they have a place, so that what they do is kept; others only read
     */
    public record PlayerView(
            Way way,
            String courseSlug,
            String courseTitle,
            int completed,
            int total,
            int position,
            int lessons,
            List<Integer> strokes,
            List<Part> outline,
            UUID lessonId,
            String lessonSlug,
            String number,
            String title,
            int module,
            int minutes,
            boolean counts,
            Standing standing,
            int stoppedAt,
            String html,
            String language,
            @Nullable Step previous,
            @Nullable Step next,
            @Nullable Step waiting,
            @Nullable String onward,
            @Nullable Lock lock,
            boolean learns) {
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
     * @param completed how many of its lessons that count are done, of {@code total}
     */
    public record Part(String title, int completed, int total, List<Step> lessons) {}

    /**
     * A lesson in the player's outline.
     *
     * @param number as people say it: {@code 3.3}
     * @param counts towards the end of the course
     * @param locked it is not open yet
     * @param opensAt when it opens; null where it is open, or that is no matter of time
     */
    public record Step(
            UUID id,
            String slug,
            String number,
            String title,
            int minutes,
            Standing standing,
            boolean counts,
            boolean locked,
            @Nullable Instant opensAt) {}

    /** The course itself: on to the lesson where the learner stopped, or the one they wait for. */
    @GetMapping("/learn/{course}")
    @Allowed(Who.MEMBER)
    @ResponseBody
    ResponseEntity<Void> resume(@PathVariable String course) {
        var standing = standing(course);
        var release = release(standing);
        var openings = shelf.openings(release, standing);
        var next = Shelf.next(release, standing, openings);
        if (next == null) {
            next = Shelf.waiting(release, standing, openings);
        }
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
        var release = release(standing);
        var openings = shelf.openings(release, standing);
        var at = release.lesson(lesson).orElse(null);
        if (!standing.open() && !Caller.current().isAtLeast(Role.TEACHER)) {
            boolean taste = at != null && at.rules().taste();
            return seeOther("/courses/" + course + (taste ? "/lessons/" + lesson : ""));
        }
        if (at == null) {
            throw noSuchLesson();
        }
        var player = new Player(release, standing, openings, Player.learning(release));
        if (!openings.open(at)) {
            // Not kept ahead: it opens by the clock, and by what is done meanwhile.
            return Page.of(
                            "enrollment/locked",
                            shells.personal(request, at.title(), "learning"),
                            player.locked(at))
                    .with(HttpStatus.FORBIDDEN);
        }
        Ahead.keep(request, response);
        return Page.of(
                "enrollment/player",
                shells.personal(request, at.title(), "learning"),
                player.open(at, releases.body(release, at.id()).html()));
    }

    @PostMapping("/learn/{course}/{lesson}/done")
    @Allowed(Who.MEMBER)
    @ResponseBody
    ResponseEntity<Void> done(@PathVariable String course, @PathVariable String lesson) {
        var standing = standing(course);
        var release = release(standing);
        var at = release.lesson(lesson).orElseThrow(PlayerPages::noSuchLesson);
        progress.mark(new LessonMark(at.id(), LessonStatus.COMPLETED, 0, clock.instant()));
        return onward(release, shelf.openings(release, standing).done(at), at)
                .map(it -> seeOther("/learn/" + course + "/" + it.slug()))
                .orElseGet(() -> seeOther("/learn"));
    }

    /** The next in the course's order that is open once this one is done. */
    static java.util.Optional<ReleaseLesson> onward(
            Release release, org.stoa.catalog.rules.Openings afterwards, ReleaseLesson at) {
        return release.lessons().stream()
                .skip(at.index() + 1L)
                .filter(afterwards::open)
                .findFirst();
    }

    private CourseStanding standing(String course) {
        return shelf.standing(course)
                .filter(s -> s.releaseId() != null)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noCourseHere")));
    }

    private Release release(CourseStanding standing) {
        return releases.byId(java.util.Objects.requireNonNull(standing.releaseId()));
    }

    private static Problem noSuchLesson() {
        return new Problem.NotFound(say("learn.noLesson"));
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
