package org.stoa.catalog.reuse;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.people.StaffWho;
import org.stoa.catalog.reuse.SharedLessons.Offered;
import org.stoa.catalog.studio.Outline;
import org.stoa.catalog.studio.OutlinePages;
import org.stoa.catalog.studio.Outlines;
import org.stoa.shared.Problem;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a teacher puts a lesson of another course into this one. */
@Controller
public class SharedLessonPages {
    private final SharedLessons lessons;
    private final Outlines outlines;
    private final Shells shells;

    SharedLessonPages(SharedLessons lessons, Outlines outlines, Shells shells) {
        this.lessons = lessons;
        this.outlines = outlines;
        this.shells = shells;
    }

    /**
     * {@code studio/share}; searches by {@code q}, and posts {@code lesson} and {@code module} to
     * its own address.
     *
     * @param q the words that were searched for
     * @param form what was chosen, and why it was refused
     */
    public record ShareView(
            String slug,
            String title,
            List<Outline.Module> modules,
            String q,
            List<Offered> found,
            Form form) {}

    @GetMapping("/studio/{course}/share")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Page choose(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String module,
            HttpServletRequest request) {
        return page(course, q, Form.filled(Map.of("module", module)), request);
    }

    @PostMapping("/studio/{course}/share")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Object share(
            @PathVariable String course,
            @RequestParam(required = false) @Nullable UUID lesson,
            @RequestParam(required = false) @Nullable UUID module,
            @RequestParam(defaultValue = "") String q,
            HttpServletRequest request) {
        var status = HttpStatus.UNPROCESSABLE_CONTENT;
        var refusal = say(lesson == null ? "studio.shared.choose" : "studio.shared.chooseModule");
        try {
            if (lesson != null && module != null) {
                var put = lessons.share(course, module, lesson);
                return OutlinePages.seeOther("/studio/" + course + "#l-" + put);
            }
        } catch (Problem.Conflict refused) {
            status = HttpStatus.CONFLICT;
            refusal = String.valueOf(refused.getMessage());
        } catch (Problem.NotFound refused) {
            status = HttpStatus.NOT_FOUND;
            refusal = String.valueOf(refused.getMessage());
        }
        var chosen =
                Map.of(
                        "lesson", lesson == null ? "" : lesson.toString(),
                        "module", module == null ? "" : module.toString());
        var form = Form.refused(chosen, List.of(new Problem.FieldError("", refusal)));
        return page(course, q, form, request).with(status);
    }

    @PostMapping("/studio/{course}/lessons/{id}/own")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    ResponseEntity<Void> own(@PathVariable String course, @PathVariable UUID id) {
        lessons.own(course, id);
        return OutlinePages.seeOther("/studio/" + course + "/lessons/" + id + "?own=yes");
    }

    private Page page(String course, String q, Form form, HttpServletRequest request) {
        var outline = outlines.of(course);
        var view =
                new ShareView(
                        course,
                        outline.title(),
                        outline.modules(),
                        q,
                        lessons.offered(course, q),
                        form);
        return Page.of(
                "studio/share",
                shells.personal(request, say("studio.shared.title"), "studio"),
                view);
    }
}
