package org.stoa.catalog.reuse;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.CourseLine;
import org.stoa.catalog.studio.OutlinePages;
import org.stoa.shared.Problem;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where a teacher begins a course. */
@Controller
public class NewCoursePages {
    private final Beginnings beginnings;
    private final Templates templates;
    private final Shells shells;

    NewCoursePages(Beginnings beginnings, Templates templates, Shells shells) {
        this.beginnings = beginnings;
        this.templates = templates;
        this.shells = shells;
    }

    /**
     * {@code studio/new}; posts {@code title} and {@code from} to {@code /studio/new}.
     *
     * @param courses those that can be copied
     */
    public record NewView(List<Template> templates, List<Course> courses, Form form) {}

    /** A course that can be copied. */
    public record Course(String slug, String title, int lessons) {
        static Course of(CourseLine line) {
            return new Course(line.slug(), line.title(), line.lessons());
        }
    }

    @GetMapping("/studio/new")
    @Allowed(Who.TEACHER)
    Page form(@RequestParam(defaultValue = "") String from, HttpServletRequest request) {
        return form(Form.filled(Map.of("from", from)), request);
    }

    @PostMapping("/studio/new")
    @Allowed(Who.TEACHER)
    Object begin(
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String from,
            HttpServletRequest request) {
        try {
            return OutlinePages.seeOther("/studio/" + beginnings.begin(title, from));
        } catch (Problem.Invalid wrong) {
            var typed = Map.of("title", title, "from", from);
            return form(Form.refused(typed, wrong.errors()), request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private Page form(Form form, HttpServletRequest request) {
        var view =
                new NewView(
                        templates.all(),
                        beginnings.copyable().stream().map(Course::of).toList(),
                        form);
        return Page.of(
                "studio/new", shells.personal(request, say("studio.new.title"), "studio"), view);
    }
}
