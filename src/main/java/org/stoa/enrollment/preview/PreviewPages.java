package org.stoa.enrollment.preview;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.Release;
import org.stoa.catalog.Releases;
import org.stoa.catalog.people.StaffWho;
import org.stoa.catalog.rules.CourseTerms;
import org.stoa.catalog.rules.Openings;
import org.stoa.catalog.rules.Terms;
import org.stoa.catalog.rules.Timetable;
import org.stoa.enrollment.Admission;
import org.stoa.enrollment.LearningPages.Entry;
import org.stoa.enrollment.Player;
import org.stoa.enrollment.PlayerPages.PlayerView;
import org.stoa.enrollment.PlayerPages.Way;
import org.stoa.enrollment.cohorts.Cohort;
import org.stoa.enrollment.cohorts.Cohorts;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.WallClock;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/**
 * Lets teachers look at a course as a student, signed out, or on another day: the draft or any of
 * its releases. Nothing is written by it.
 */
@Controller
public class PreviewPages {
    private final Releases releases;
    private final CourseTerms terms;
    private final Cohorts cohorts;
    private final Shells shells;
    private final Clock clock;

    PreviewPages(
            Releases releases, CourseTerms terms, Cohorts cohorts, Shells shells, Clock clock) {
        this.releases = releases;
        this.terms = terms;
        this.cohorts = cohorts;
        this.shells = shells;
        this.clock = clock;
    }

    /**
     * {@code enrollment/preview}; its form gets {@code of}, {@code as}, {@code on}, {@code joined},
     * {@code done} and {@code cohort} at its own address.
     *
     * @param releases numbers of those there are, the latest first
     * @param seen what would be seen; null where the form was refused
     * @param entry whether one could join then; null for a student
     */
    public record PreviewView(
            String course,
            String title,
            Form form,
            List<Integer> releases,
            List<Cohort> cohorts,
            String zone,
            @Nullable PlayerView seen,
            @Nullable Entry entry) {}

    @GetMapping("/studio/{course}/preview")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page preview(
            @PathVariable String course,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request) {
        try {
            var sight = Sight.read(typed, zone(), clock.instant());
            var release = release(course, sight);
            var form = Form.filled(sight.typed(zone()));
            if (release.lessons().isEmpty()) {
                return page(course, form, null, null, request);
            }
            var first = release.lessons().getFirst();
            var seen = player(course, release, sight).locked(first);
            var entry = sight.student() ? null : entry(terms.of(course), sight.on());
            return page(course, form, seen, entry, request);
        } catch (Problem.Invalid wrong) {
            var kept = new HashMap<>(Map.of("of", "draft", "as", "student"));
            kept.putAll(typed);
            return page(course, Form.refused(kept, wrong.errors()), null, null, request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/studio/{course}/preview/{lesson}")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page lesson(
            @PathVariable String course,
            @PathVariable String lesson,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request) {
        var sight = Sight.read(typed, zone(), clock.instant());
        var release = release(course, sight);
        var at =
                release.lesson(lesson)
                        .orElseThrow(() -> new Problem.NotFound(say("rules.preview.noLessonHere")));
        var player = player(course, release, sight);
        var shell = shells.personal(request, say("rules.preview.of", at.title()), "studio");
        if (!openings(course, release, sight).open(at)) {
            return Page.of("enrollment/locked", shell, player.locked(at));
        }
        var body =
                sight.release() == 0
                        ? releases.previewBody(course, at.id())
                        : releases.body(release, at.id());
        return Page.of("enrollment/player", shell, player.open(at, body.html()));
    }

    private Player player(String course, Release release, Sight sight) {
        var back = "/studio/" + course + "/preview";
        var query = sight.query(zone());
        var way =
                new Way(
                        back + "/",
                        query,
                        back + query,
                        words(sight),
                        at -> sight.with(at.index() + 1).query(zone()));
        return new Player(
                release,
                sight.standing(release, timetable(course, sight)),
                openings(course, release, sight),
                way);
    }

    private Openings openings(String course, Release release, Sight sight) {
        var standing = sight.standing(release, timetable(course, sight));
        return new Openings(release, standing.attendance(), zone(), sight.on());
    }

    private Timetable timetable(String course, Sight sight) {
        return sight.cohort() == null || !sight.student()
                ? Timetable.NONE
                : cohorts.of(course).stream()
                        .filter(it -> it.id().equals(sight.cohort()))
                        .findFirst()
                        .map(it -> new Timetable(it.startsAt(), it.calendar()))
                        .orElse(Timetable.NONE);
    }

    private Release release(String course, Sight sight) {
        if (sight.release() == 0) {
            return releases.preview(course);
        }
        return releases.of(course).stream()
                .filter(it -> it.number() == sight.release())
                .findFirst()
                .map(it -> releases.byId(it.id()))
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchRelease")));
    }

    private static String words(Sight sight) {
        var seen = WallClock.said(sight.on(), zone());
        var what =
                sight.release() == 0
                        ? say("rules.preview.theDraft")
                        : say("studio.releaseNumber", sight.release());
        if (!sight.student()) {
            return say("rules.preview.signedOutOn", what, seen);
        }
        return sight.joined().equals(sight.on())
                ? say("rules.preview.studentJust", what, seen)
                : say(
                        "rules.preview.studentJoined",
                        what,
                        seen,
                        WallClock.said(sight.joined(), zone()));
    }

    /** As it would be told to a visitor then; who finished which course is nobody's here. */
    private static Entry entry(Terms terms, Instant on) {
        Admission admission = new Admission.Open();
        if (terms.opensAt() != null && terms.opensAt().isAfter(on)) {
            admission = new Admission.NotYet(terms.opensAt());
        } else if (terms.closesAt() != null && !terms.closesAt().isAfter(on)) {
            admission = new Admission.Closed(terms.closesAt());
        } else if (terms.capacity() != null && terms.learners() >= terms.capacity()) {
            admission = new Admission.Full();
        } else if (terms.first().stream().anyMatch(Terms.Before::published)) {
            admission =
                    new Admission.First(
                            terms.first().stream()
                                    .filter(Terms.Before::published)
                                    .map(it -> new Admission.CourseName(it.slug(), it.title()))
                                    .toList());
        }
        return Entry.of(admission);
    }

    private Page page(
            String course,
            Form form,
            @Nullable PlayerView seen,
            @Nullable Entry entry,
            HttpServletRequest request) {
        var about = terms.of(course);
        var title = about.title();
        var view =
                new PreviewView(
                        course,
                        title,
                        form,
                        releases.of(about.course()).stream()
                                .map(Releases.Published::number)
                                .toList(),
                        cohorts.of(about.course()),
                        zone().getId(),
                        seen,
                        entry);
        return Page.of(
                "enrollment/preview",
                shells.personal(request, say("rules.preview.of", title), "studio"),
                view);
    }

    private static ZoneId zone() {
        return Caller.current().school().timeZone();
    }
}
