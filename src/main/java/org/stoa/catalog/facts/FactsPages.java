package org.stoa.catalog.facts;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.people.StaffWho;
import org.stoa.shared.Problem;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where teachers say what their course is, and administrators keep the school's categories. */
@Controller
public class FactsPages {
    private final CourseFacts facts;
    private final Shells shells;

    FactsPages(CourseFacts facts, Shells shells) {
        this.facts = facts;
        this.shells = shells;
    }

    /**
     * {@code studio/facts}; posts {@code title}, {@code summary}, {@code outcomes} (a line each),
     * {@code audience}, {@code level}, {@code language}, {@code category} and {@code tags} (between
     * commas) to its own address.
     */
    public record FactsView(String course, String title, CourseFacts.Lists lists, Form form) {}

    /**
     * {@code studio/categories}; posts {@code category} and its new {@code name} to its own
     * address.
     */
    public record CategoriesView(List<CourseFacts.Used> categories, Form form, String notice) {}

    @GetMapping("/studio/{course}/facts")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Page facts(@PathVariable String course, HttpServletRequest request) {
        var it = facts.of(course);
        var filled =
                Map.of(
                        "title", it.title(),
                        "summary", it.summary(),
                        "outcomes", String.join("\n", it.outcomes()),
                        "audience", it.audience(),
                        "level", it.level(),
                        "language", it.language(),
                        "category", it.category(),
                        "tags", String.join(", ", it.tags()));
        return page(course, it.title(), Form.filled(filled), request);
    }

    @PostMapping("/studio/{course}/facts")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Object write(
            @PathVariable String course,
            @RequestParam Map<String, String> typed,
            HttpServletRequest request) {
        var it =
                new Facts(
                        typed.getOrDefault("title", ""),
                        typed.getOrDefault("summary", ""),
                        List.of(typed.getOrDefault("outcomes", "").split("\\R", -1)),
                        typed.getOrDefault("audience", ""),
                        typed.getOrDefault("level", ""),
                        typed.getOrDefault("language", ""),
                        typed.getOrDefault("category", ""),
                        List.of(typed.getOrDefault("tags", "").split(",", -1)));
        try {
            facts.write(course, it);
        } catch (Problem.Invalid wrong) {
            var kept = new HashMap<>(typed);
            kept.remove("_csrf");
            var title = facts.of(course).title();
            return page(course, title, Form.refused(kept, wrong.errors()), request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return seeOther("/studio/" + course);
    }

    @GetMapping("/admin/categories")
    @Allowed(Who.ADMIN)
    Page categories(@RequestParam(defaultValue = "") String done, HttpServletRequest request) {
        var notice =
                done.equals("renamed")
                        ? "The category is renamed in the drafts; learners see it from each course’s"
                                + " next release on."
                        : "";
        return categories(Form.empty(), notice, request);
    }

    @PostMapping("/admin/categories")
    @Allowed(Who.ADMIN)
    Object rename(
            @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String name,
            HttpServletRequest request) {
        try {
            facts.rename(category, name);
        } catch (Problem.Invalid wrong) {
            return categories(Form.refused(Map.of("name", name), wrong.errors()), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return seeOther("/admin/categories?done=renamed");
    }

    private Page categories(Form form, String notice, HttpServletRequest request) {
        return Page.of(
                "studio/categories",
                shells.personal(request, say("studio.categories.title"), "school"),
                new CategoriesView(facts.categories(), form, notice));
    }

    private Page page(String course, String title, Form form, HttpServletRequest request) {
        return Page.of(
                "studio/facts",
                shells.personal(request, "About " + title, "studio"),
                new FactsView(course, title, facts.lists(), form));
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
