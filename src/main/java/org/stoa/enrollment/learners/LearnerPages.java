package org.stoa.enrollment.learners;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.people.StaffWho;
import org.stoa.enrollment.learners.Learners.Learner;
import org.stoa.enrollment.waiting.Waiting;
import org.stoa.enrollment.waiting.WaitingList;
import org.stoa.shared.Slice;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where leads and assistants see who learns their course. */
@Controller
public class LearnerPages {
    private static final int PER_PAGE = 24;

    private final Learners learners;
    private final WaitingList line;
    private final Shells shells;

    LearnerPages(Learners learners, WaitingList line, Shells shells) {
        this.learners = learners;
        this.line = line;
        this.shells = shells;
    }

    /**
     * {@code studio/learners}; looks for {@code q} at its own address.
     *
     * @param lessons how many the current release has; 0 before the first
     * @param next cursor of the next page; null on the last
     * @param waiting who waits for a place, the first in line first
     * @param behind cursor of those behind them; null where nobody is
     */
    public record LearnersView(
            String course,
            String title,
            String q,
            int lessons,
            List<Learner> learners,
            @Nullable String next,
            List<Waiting> waiting,
            @Nullable String behind) {}

    @GetMapping("/studio/{course}/learners")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    Page learners(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String behind,
            HttpServletRequest request) {
        var page = learners.of(course, q, cursor, PER_PAGE);
        // Where there is a place for everybody, nobody stands in line; nor before a draft.
        var waiting =
                page.limited() && page.lessons() > 0
                        ? line.list(course, behind, PER_PAGE)
                        : new Slice<Waiting>(List.of(), null);
        return Page.of(
                "studio/learners",
                shells.personal(request, say("people.learners.of", page.title()), "studio"),
                new LearnersView(
                        course,
                        page.title(),
                        q,
                        page.lessons(),
                        page.learners().items(),
                        page.learners().nextCursor(),
                        waiting.items(),
                        waiting.nextCursor()));
    }
}
