package org.stoa.catalog.studio;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.Releases;
import org.stoa.catalog.people.StaffWho;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where teachers shape a course's outline. */
@Controller
public class OutlinePages {
    private final Outlines outlines;
    private final Releases releases;
    private final Shells shells;

    OutlinePages(Outlines outlines, Releases releases, Shells shells) {
        this.outlines = outlines;
        this.releases = releases;
        this.shells = shells;
    }

    /**
     * {@code studio/draft}; the outline's forms post below {@code /studio/{course}/outline}, the
     * export is at {@code GET /studio/{course}/export}.
     *
     * @param person who has it open
     * @param form holds the {@code title} of a module or lesson that was refused
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record DraftView(
            Outline outline,
            String summary,
            String category,
            String level,
            List<String> tags,
            DraftState state,
            UUID person,
            Form form,
            String notice) {
        public String slug() {
            return outline.slug();
        }
    }

    /** A page that shows anything else is not of now. */
    record Watched(Instant updatedAt) {}

    @GetMapping("/studio/{course}")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page draft(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String as,
            HttpServletRequest request) {
        var notice = as.matches("[0-9]{1,6}") ? say("studio.asRelease", as) : "";
        return draft(course, Form.empty(), notice, request);
    }

    /** Said by open pages, so that they hear of changes. */
    @PostMapping("/studio/{course}/watch")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    ResponseEntity<Watched> watch(@PathVariable String course) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new Watched(outlines.watch(course)));
    }

    @PostMapping("/studio/{course}/outline/new-module")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
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
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Object addLesson(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String then,
            HttpServletRequest request) {
        return unlessRefused(
                course,
                Map.of("title", title),
                request,
                () ->
                        (then.equals("write") ? "/lessons/" : "#l-")
                                + outlines.addLesson(course, id, title));
    }

    @PostMapping("/studio/{course}/outline/modules/{id}/title")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
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
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
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
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
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
        throw new Problem.NotFound(say("studio.noLessonHere"));
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

    public static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }

    private Page draft(String course, Form form, String notice, HttpServletRequest request) {
        var desk = outlines.desk(course);
        return Page.of(
                "studio/draft",
                shells.personal(request, desk.outline().title(), "studio"),
                view(desk, form, notice));
    }

    private DraftView view(CourseDesk desk, Form form, String notice) {
        return new DraftView(
                desk.outline(),
                desk.summary(),
                desk.category(),
                desk.level(),
                desk.tags(),
                DraftState.of(desk, releases),
                Caller.current().personId(),
                form,
                notice);
    }
}
