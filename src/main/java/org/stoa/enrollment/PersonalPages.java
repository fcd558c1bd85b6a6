package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
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
import org.stoa.enrollment.LearningPages.CornerView;
import org.stoa.enrollment.LearningPages.Entry;
import org.stoa.enrollment.LearningPages.Group;
import org.stoa.enrollment.LearningPages.JoinView;
import org.stoa.enrollment.LearningPages.LeaveView;
import org.stoa.enrollment.LearningPages.NextLesson;
import org.stoa.enrollment.LearningPages.StandingView;
import org.stoa.enrollment.LearningPages.WaitingLesson;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.web.Assets;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.CsrfTokens;
import org.stoa.web.access.Who;

/** The personal parts of pages that are otherwise the same for everyone, and joining a course. */
@Controller
class PersonalPages {
    private static final Entry OPEN = new Entry("open", null, List.of());

    private final Shelf shelf;
    private final Admissions admissions;
    private final Enrollments enrollments;
    private final Releases releases;
    private final Shells shells;
    private final Assets assets;

    PersonalPages(
            Shelf shelf,
            Admissions admissions,
            Enrollments enrollments,
            Releases releases,
            Shells shells,
            Assets assets) {
        this.assets = assets;
        this.admissions = admissions;
        this.shelf = shelf;
        this.enrollments = enrollments;
        this.releases = releases;
        this.shells = shells;
    }

    @GetMapping("/fragments/corner")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    Page corner(HttpServletRequest request) {
        var caller = Caller.current();
        boolean platform = caller.organization() == null;
        // The token is made even for nobody, so that the page's scripts find its cookie.
        var csrf = CsrfTokens.masked(request);
        var view =
                caller.signedIn()
                        ? new CornerView(
                                true,
                                caller.personId().toString(),
                                platform,
                                caller.name(),
                                caller.isAtLeast(Role.TEACHER),
                                caller.isAtLeast(Role.ADMIN),
                                assets.news(),
                                csrf)
                        : CornerView.nobody(platform);
        return Page.fragment("enrollment/corner", view);
    }

    @GetMapping("/fragments/standing/{course}")
    @Allowed(Who.ANYONE)
    Page standing(@PathVariable String course, HttpServletRequest request) {
        var standing = shelf.standing(course).orElseThrow(PersonalPages::noSuchCourse);
        if (standing.releaseId() == null) {
            throw noSuchCourse();
        }
        return Page.fragment("enrollment/standing", view(course, standing, request));
    }

    private StandingView view(String course, CourseStanding standing, HttpServletRequest request) {
        var release = releases.byId(java.util.Objects.requireNonNull(standing.releaseId()));
        var openings = shelf.openings(release, standing);
        boolean in = standing.open();
        var next = in ? Shelf.next(release, standing, openings) : null;
        var waiting = in && next == null ? Shelf.waiting(release, standing, openings) : null;
        var offer = in ? null : admissions.of(course);
        var progress = CourseProgress.of(release, standing.completed());
        return new StandingView(
                course,
                Caller.current().signedIn(),
                in,
                offer == null ? OPEN : Entry.of(offer.admission()),
                release.strokes(),
                learned(release, standing),
                progress.completed(),
                progress.total(),
                next == null ? null : new NextLesson(next.slug(), next.title(), next.minutes()),
                waiting == null
                        ? null
                        : new WaitingLesson(
                                waiting.slug(), waiting.title(), openings.of(waiting).at()),
                offer == null ? List.of() : groups(offer),
                CsrfTokens.masked(request));
    }

    private static List<Group> groups(Admissions.Offer offer) {
        return offer.cohorts().stream()
                .map(it -> new Group(it.id(), it.name(), it.startsAt(), it.full()))
                .toList();
    }

    @GetMapping("/courses/{course}/join")
    @Allowed(Who.MEMBER)
    Object joinPage(@PathVariable String course, HttpServletRequest request) {
        var standing = shelf.standing(course).orElseThrow(PersonalPages::noSuchCourse);
        if (standing.releaseId() == null) {
            throw noSuchCourse();
        }
        if (standing.open()) {
            return seeOther("/learn/" + course);
        }
        var release = releases.byId(standing.releaseId());
        var offer = admissions.of(course);
        return Page.of(
                "enrollment/join",
                shells.personal(request, say("learn.join.title", release.title()), "catalog"),
                new JoinView(
                        course,
                        release.title(),
                        offer.admission() instanceof Admission.ForSale sold
                                ? sold.price().said()
                                : say("learn.free"),
                        Entry.of(offer.admission()),
                        groups(offer)));
    }

    @PostMapping("/courses/{course}/join")
    @Allowed(Who.MEMBER)
    @ResponseBody
    ResponseEntity<Void> join(
            @PathVariable String course,
            @RequestParam(required = false) @Nullable UUID cohort,
            HttpServletRequest request) {
        return switch (enrollments.enroll(course, cohort)) {
            case Enrolled.Opened o -> onwards("/learn/" + course, request);
            case Enrolled.Already a -> onwards("/learn/" + course, request);
            case Enrolled.Full f -> throw new Problem.Conflict(say("learn.fullNothing"));
            case Enrolled.Refused(var which, Admission.ForSale s) ->
                    onwards(Sales.page(course), request);
            case Enrolled.Refused(var which, var why) ->
                    throw new Problem.Conflict(why.sentence(Caller.current().school().timeZone()));
        };
    }

    @GetMapping("/courses/{course}/leave")
    @Allowed(Who.MEMBER)
    Object leavePage(@PathVariable String course, HttpServletRequest request) {
        var standing = shelf.standing(course).orElseThrow(PersonalPages::noSuchCourse);
        if (!standing.enrolled() || standing.releaseId() == null) {
            return seeOther("/courses/" + course);
        }
        var release = releases.byId(standing.releaseId());
        var done = learned(release, standing).size();
        return Page.of(
                "enrollment/leave",
                shells.personal(request, say("learn.leave.title", release.title()), "learning"),
                new LeaveView(course, release.title(), done));
    }

    /** Sent twice, it has the same end. */
    @PostMapping("/courses/{course}/leave")
    @Allowed(Who.MEMBER)
    @ResponseBody
    ResponseEntity<Void> leave(@PathVariable String course) {
        if (shelf.standing(course).orElseThrow(PersonalPages::noSuchCourse).enrolled()) {
            enrollments.withdraw(course);
        }
        return seeOther("/learn?done=left");
    }

    private static List<String> learned(Release release, CourseStanding standing) {
        return release.lessons().stream()
                .filter(lesson -> standing.completed().contains(lesson.id()))
                .map(ReleaseLesson::slug)
                .toList();
    }

    /** A form that htmx sent is told where to go in its own words. */
    private static ResponseEntity<Void> onwards(String address, HttpServletRequest request) {
        if (request.getHeader("HX-Request") != null) {
            return ResponseEntity.noContent().header("HX-Redirect", address).build();
        }
        return seeOther(address);
    }

    private static Problem noSuchCourse() {
        return new Problem.NotFound(say("problem.noCourseHere"));
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(address))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
