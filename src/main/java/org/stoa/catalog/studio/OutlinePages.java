package org.stoa.catalog.studio;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
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
import org.stoa.catalog.CourseAuthorship;
import org.stoa.catalog.Releases;
import org.stoa.shared.Problem;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where teachers begin a course, shape its outline and publish it. */
@Controller
public class OutlinePages {
    private static final String NUMBER = "[0-9]{1,6}";

    private final Outlines outlines;
    private final Releases releases;
    private final Shells shells;

    OutlinePages(Outlines outlines, Releases releases, Shells shells) {
        this.outlines = outlines;
        this.releases = releases;
        this.shells = shells;
    }

    /** {@code studio/new}; posts {@code title} to {@code /studio/new}. */
    public record NewView(Form form) {}

    /**
     * {@code studio/draft}; publishing posts {@code note} to {@code /studio/{course}/releases}, the
     * outline's forms post below {@code /studio/{course}/outline}, the export is at {@code GET
     * /studio/{course}/export}.
     *
     * @param releases the newest first
     * @param changed whether the draft differs from the current release
     * @param form holds the {@code note} of a release, or the {@code title} of a module or lesson,
     *     that was refused
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record DraftView(
            Outline outline,
            String summary,
            String category,
            String level,
            List<String> tags,
            List<Release> releases,
            boolean changed,
            Form form,
            String notice) {
        public String slug() {
            return outline.slug();
        }

        /** The number that the next release will have. */
        public int nextRelease() {
            return releases.isEmpty() ? 1 : releases.getFirst().number() + 1;
        }
    }

    /** A release in the list of them. */
    public record Release(int number, Instant publishedAt, String publishedBy, String note) {}

    @GetMapping("/studio/new")
    @Allowed(Who.TEACHER)
    Page form(HttpServletRequest request) {
        return form(request, Form.empty());
    }

    @PostMapping("/studio/new")
    @Allowed(Who.TEACHER)
    Object begin(@RequestParam(defaultValue = "") String title, HttpServletRequest request) {
        try {
            return seeOther("/studio/" + outlines.begin(title));
        } catch (Problem.Invalid wrong) {
            return form(request, Form.refused(Map.of("title", title), wrong.errors()))
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/studio/{course}")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
    Page draft(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String published,
            @RequestParam(defaultValue = "") String unchanged,
            HttpServletRequest request) {
        var notice = "";
        if (published.matches(NUMBER)) {
            notice = "Release " + published + " is published.";
        } else if (unchanged.matches(NUMBER)) {
            notice = "Nothing has changed since release " + unchanged + ", so that one stands.";
        }
        return draft(course, Form.empty(), notice, request);
    }

    @PostMapping("/studio/{course}/releases")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
    Object publish(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request) {
        return unlessRefused(
                course,
                Map.of("note", note),
                request,
                () -> {
                    var release = releases.publish(course, note.strip());
                    return (release.standing() ? "?unchanged=" : "?published=") + release.number();
                });
    }

    @PostMapping("/studio/{course}/outline/new-module")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
    Object addModule(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String title,
            HttpServletRequest request) {
        return unlessRefused(
                course,
                Map.of("title", title),
                request,
                () -> "#m-" + outlines.addModule(course, title));
    }

    @PostMapping("/studio/{course}/outline/modules/{id}/lessons")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
    Object addLesson(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String title,
            HttpServletRequest request) {
        return unlessRefused(
                course,
                Map.of("title", title),
                request,
                () -> "#l-" + outlines.addLesson(course, id, title));
    }

    @PostMapping("/studio/{course}/outline/modules/{id}/title")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
    Object renameModule(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "0") int version,
            HttpServletRequest request) {
        return unlessRefused(
                course,
                Map.of("title", title),
                request,
                () -> {
                    outlines.renameModule(course, id, version, title);
                    return "#m-" + id;
                });
    }

    /** Each button of the outline sends the module it stands beside, under its own name. */
    @PostMapping("/studio/{course}/outline/modules")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
    ResponseEntity<Void> modules(
            @PathVariable String course,
            @RequestParam(required = false) @Nullable UUID up,
            @RequestParam(required = false) @Nullable UUID down,
            @RequestParam(required = false) @Nullable UUID bin) {
        if (bin != null) {
            outlines.binModule(course, bin);
        }
        var moved = up != null ? up : down;
        if (moved != null) {
            var order = outlines.of(course).modules().stream().map(Outline.Module::id).toList();
            int at = order.indexOf(moved);
            // Down is: before the one after the next.
            int before = up != null ? Math.max(0, at - 1) : at + 2;
            outlines.moveModule(course, moved, before < order.size() ? order.get(before) : null);
        }
        return seeOther("/studio/" + course + (moved == null ? "" : "#m-" + moved));
    }

    /** The same for lessons; {@code all} is what to do with those that are selected. */
    @PostMapping("/studio/{course}/outline/lessons")
    @Allowed(value = Who.TEACHER, of = CourseAuthorship.class)
    ResponseEntity<Void> lessons(
            @PathVariable String course,
            @RequestParam(required = false) @Nullable UUID up,
            @RequestParam(required = false) @Nullable UUID down,
            @RequestParam(required = false) @Nullable UUID copy,
            @RequestParam(required = false) @Nullable UUID bin,
            @RequestParam(required = false) @Nullable UUID restore,
            @RequestParam(defaultValue = "") String all,
            @RequestParam(required = false) @Nullable UUID module,
            @RequestParam(name = "lesson", defaultValue = "") List<UUID> selected) {
        @Nullable UUID shown = null;
        if (copy != null) {
            shown = outlines.copyLesson(course, copy);
        } else if (bin != null) {
            outlines.bin(course, List.of(bin));
        } else if (restore != null) {
            outlines.restore(course, List.of(restore));
            shown = restore;
        } else if (up != null) {
            shown = step(course, up, true);
        } else if (down != null) {
            shown = step(course, down, false);
        } else if (all.equals("bin") && !selected.isEmpty()) {
            outlines.bin(course, selected);
        } else if (all.equals("move") && module != null && !selected.isEmpty()) {
            outlines.moveLessons(course, selected, module, null);
            shown = selected.getFirst();
        }
        return seeOther("/studio/" + course + (shown == null ? "" : "#l-" + shown));
    }

    /** A step up or down; from the edge of a module into its neighbour. */
    private UUID step(String course, UUID lesson, boolean up) {
        var modules = outlines.of(course).modules();
        for (int m = 0; m < modules.size(); m++) {
            var ids = modules.get(m).lessons().stream().map(Outline.Lesson::id).toList();
            int at = ids.indexOf(lesson);
            if (at < 0) {
                continue;
            }
            int place = up ? at - 1 : at + 2;
            boolean stays = up ? at > 0 : at < ids.size() - 1;
            int other = up ? m - 1 : m + 1;
            if (stays) {
                var before = place < ids.size() ? ids.get(place) : null;
                outlines.moveLessons(course, List.of(lesson), modules.get(m).id(), before);
            } else if (other >= 0 && other < modules.size()) {
                var there = modules.get(other);
                var before = up || there.lessons().isEmpty() ? null : there.lessons().getFirst();
                outlines.moveLessons(
                        course, List.of(lesson), there.id(), before == null ? null : before.id());
            }
            return lesson;
        }
        throw new Problem.NotFound("There is no such lesson in this course.");
    }

    private interface Change {
        /** What to add to the course's address. */
        String make();
    }

    private Object unlessRefused(
            String course, Map<String, String> typed, HttpServletRequest request, Change change) {
        try {
            return seeOther("/studio/" + course + change.make());
        } catch (Problem.Invalid wrong) {
            return draft(course, Form.refused(typed, wrong.errors()), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }

    private Page form(HttpServletRequest request, Form form) {
        return Page.of(
                "studio/new", shells.personal(request, "New course", "studio"), new NewView(form));
    }

    private Page draft(String course, Form form, String notice, HttpServletRequest request) {
        var desk = outlines.desk(course);
        return Page.of(
                "studio/draft",
                shells.personal(request, desk.outline().title(), "studio"),
                view(desk, form, notice));
    }

    private DraftView view(CourseDesk desk, Form form, String notice) {
        var published =
                releases.of(desk.outline().courseId()).stream()
                        .map(it ->
                                new Release(
                                        it.number(),
                                        it.publishedAt(),
                                        it.by() == null ? "the school" : it.by(),
                                        it.note()))
                        .toList();
        boolean changed =
                published.isEmpty() || desk.updatedAt().isAfter(published.getFirst().publishedAt());
        return new DraftView(
                desk.outline(),
                desk.summary(),
                desk.category(),
                desk.level(),
                desk.tags(),
                published,
                changed,
                form,
                notice);
    }
}
