package org.stoa.catalog.publishing;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.catalog.people.StaffWho;
import org.stoa.catalog.studio.OutlineChange;
import org.stoa.catalog.studio.OutlineHistory;
import org.stoa.catalog.studio.OutlinePages;
import org.stoa.catalog.studio.Outlines;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What was done to an outline since the course began. */
@Controller
public class HistoryPages {
    private final Outlines outlines;
    private final OutlineHistory history;
    private final Shells shells;

    HistoryPages(Outlines outlines, OutlineHistory history, Shells shells) {
        this.outlines = outlines;
        this.history = history;
        this.shells = shells;
    }

    /**
     * {@code studio/history}; undoing posts nothing to {@code /studio/{course}/history/{id}/undo}.
     *
     * @param changes the latest first
     */
    public record ChangesView(
            String slug,
            String title,
            CourseStanding standing,
            List<OutlineChange> changes,
            String notice) {}

    @GetMapping("/studio/{course}/history")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page changes(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String undone,
            HttpServletRequest request) {
        var outline = outlines.of(course);
        var view =
                new ChangesView(
                        course,
                        outline.title(),
                        outline.standing(),
                        history.of(outline.courseId()),
                        undone.isEmpty() ? "" : say("studio.history.isUndone"));
        return Page.of(
                "studio/history",
                shells.personal(request, say("studio.history.of", view.title()), "studio"),
                view);
    }

    @PostMapping("/studio/{course}/history/{id}/undo")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Object undo(@PathVariable String course, @PathVariable UUID id) {
        history.undo(course, id);
        return OutlinePages.seeOther("/studio/" + course + "/history?undone=yes");
    }
}
