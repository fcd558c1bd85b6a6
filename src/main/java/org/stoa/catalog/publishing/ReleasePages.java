package org.stoa.catalog.publishing;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.Difference;
import org.stoa.catalog.Releases;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.catalog.people.StaffWho;
import org.stoa.catalog.studio.CourseDesk;
import org.stoa.catalog.studio.DraftState;
import org.stoa.catalog.studio.Outline;
import org.stoa.catalog.studio.OutlinePages;
import org.stoa.catalog.studio.Outlines;
import org.stoa.shared.Problem;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What was published of a course, by whom and when; taken back, and brought back. */
@Controller
public class ReleasePages {
    private static final String NUMBER = "[0-9]{1,6}";

    private final Outlines outlines;
    private final Releases releases;
    private final Rollbacks rollbacks;
    private final Shells shells;

    ReleasePages(Outlines outlines, Releases releases, Rollbacks rollbacks, Shells shells) {
        this.outlines = outlines;
        this.releases = releases;
        this.rollbacks = rollbacks;
        this.shells = shells;
    }

    /**
     * {@code studio/releases}; bringing the draft back to a release posts nothing to {@code
     * /studio/{course}/releases/{number}/draft}.
     *
     * @param releases the newest first
     * @param shares a text of it stands in another course: bringing back asks first
     */
    public record HistoryView(
            String slug,
            String title,
            CourseStanding standing,
            DraftState state,
            List<Line> releases,
            boolean shares,
            String notice) {}

    /**
     * A release in the list of them.
     *
     * @param by who published it; null when the school itself did
     * @param changes since the one before; null where that was not kept
     * @param current learners read this one
     */
    public record Line(
            int number,
            Instant publishedAt,
            @Nullable String by,
            String note,
            @Nullable List<Difference> changes,
            boolean withdrawn,
            boolean current) {}

    /**
     * {@code studio/withdraw}; posts nothing to its own address.
     *
     * @param current learners read it now
     * @param then the release that they will read; 0 for none
     */
    public record WithdrawView(String slug, String title, int number, boolean current, int then) {}

    /**
     * {@code studio/back}; posts nothing to its own address.
     *
     * @param texts what changes in other courses
     */
    public record BackView(String slug, String title, int number, List<Rollbacks.Affected> texts) {}

    @GetMapping("/studio/{course}/releases")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page history(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String published,
            @RequestParam(defaultValue = "") String withdrawn,
            HttpServletRequest request) {
        var notice = "";
        if (published.matches(NUMBER)) {
            notice = say("studio.isPublished", published);
        } else if (withdrawn.matches(NUMBER)) {
            notice = say("studio.isWithdrawn", withdrawn);
        }
        var desk = outlines.desk(course);
        var view =
                new HistoryView(
                        course,
                        desk.outline().title(),
                        desk.outline().standing(),
                        DraftState.of(desk, releases),
                        lines(desk),
                        shares(desk.outline()),
                        notice);
        return Page.of(
                "studio/releases",
                shells.personal(request, say("studio.releases.of", view.title()), "studio"),
                view);
    }

    @GetMapping("/studio/{course}/releases/{number}/withdraw")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Page ask(@PathVariable String course, @PathVariable int number, HttpServletRequest request) {
        var desk = outlines.desk(course);
        var lines = lines(desk);
        var wanted =
                lines.stream()
                        .filter(it -> it.number() == number && !it.withdrawn())
                        .findFirst()
                        .orElseThrow(() -> new Problem.NotFound(say("studio.withdraw.noSuch")));
        int then =
                lines.stream()
                        .filter(it -> !it.withdrawn() && it.number() != number)
                        .mapToInt(Line::number)
                        .findFirst()
                        .orElse(0);
        var view = new WithdrawView(course, desk.outline().title(), number, wanted.current(), then);
        return Page.of(
                "studio/withdraw",
                shells.personal(request, say("studio.withdraw.do", number), "studio"),
                view);
    }

    @PostMapping("/studio/{course}/releases/{number}/withdraw")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    Object withdraw(@PathVariable String course, @PathVariable int number) {
        releases.withdraw(course, number);
        return OutlinePages.seeOther("/studio/" + course + "/releases?withdrawn=" + number);
    }

    /** Asked where texts of the course stand in others. */
    @GetMapping("/studio/{course}/releases/{number}/draft")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Page askBack(
            @PathVariable String course, @PathVariable int number, HttpServletRequest request) {
        var outline = outlines.of(course);
        var texts = rollbacks.affected(outline.courseId(), number);
        return Page.of(
                "studio/back",
                shells.personal(request, say("studio.releases.backTo", number), "studio"),
                new BackView(course, outline.title(), number, texts));
    }

    @PostMapping("/studio/{course}/releases/{number}/draft")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Object bringBack(@PathVariable String course, @PathVariable int number) {
        rollbacks.bringBack(course, number);
        return OutlinePages.seeOther("/studio/" + course + "?as=" + number);
    }

    private static boolean shares(Outline outline) {
        return Stream.concat(outline.lessons().stream(), outline.bin().stream())
                .anyMatch(it -> !it.also().isEmpty());
    }

    private List<Line> lines(CourseDesk desk) {
        return releases.of(desk.outline().courseId()).stream()
                .map(it ->
                        new Line(
                                it.number(),
                                it.publishedAt(),
                                it.by(),
                                it.note(),
                                it.changes(),
                                it.withdrawn(),
                                it.id().equals(desk.currentReleaseId())))
                .toList();
    }
}
