package org.stoa.catalog.studio;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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

/** Where teachers write a lesson, and look at what it said before. */
@Controller
public class LessonPages {
    private final Outlines outlines;
    private final LessonTexts texts;
    private final Releases releases;
    private final Shells shells;

    LessonPages(Outlines outlines, LessonTexts texts, Releases releases, Shells shells) {
        this.outlines = outlines;
        this.texts = texts;
        this.releases = releases;
        this.shells = shells;
    }

    /**
     * {@code studio/lesson}; posts {@code title}, {@code markdown} and the {@code version} seen to
     * the address of the page.
     *
     * @param person whose unsent text the browser keeps
     * @param form what was typed and refused
     */
    public record LessonView(
            Outline outline,
            DraftState state,
            LessonText text,
            UUID person,
            Form form,
            String notice) {
        /** As it stands in the outline: {@code 3.3}; empty where it does not. */
        public String number() {
            for (int m = 0; m < outline.modules().size(); m++) {
                var lessons = outline.modules().get(m).lessons();
                for (int l = 0; l < lessons.size(); l++) {
                    if (lessons.get(l).id().equals(text.id())) {
                        return (m + 1) + "." + (l + 1);
                    }
                }
            }
            return "";
        }

        /** The title as it stands in the field. */
        public String title() {
            return form.values().getOrDefault("title", text.title());
        }

        /** The text as it stands in the field. */
        public String markdown() {
            return form.values().getOrDefault("markdown", text.markdown());
        }
    }

    /**
     * {@code studio/conflict}: two texts written over the same one; posts as {@code studio/lesson}
     * does, over the version of theirs.
     */
    public record ConflictView(LessonText theirs, String title, String markdown) {}

    /**
     * {@code studio/versions}; bringing one back posts its {@code version}, and the version {@code
     * seen} as the present one, to the address of the page.
     *
     * @param versions the newest first
     * @param shown the earlier of two texts; null for none
     * @param beside the later of them
     * @param changes from the one to the other
     * @param editable whether the reader may bring the text shown back
     */
    public record VersionsView(
            String course,
            UUID lesson,
            String title,
            List<LessonVersion> versions,
            @Nullable LessonText shown,
            @Nullable LessonText beside,
            List<Changes.Line> changes,
            boolean editable) {
        public int present() {
            return versions.isEmpty() ? 0 : versions.getFirst().version();
        }

        /** Whether the later of the two is what the lesson says now. */
        public boolean withPresent() {
            return beside == null || beside.version() == present();
        }
    }

    @GetMapping("/studio/{course}/lessons/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page lesson(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String back,
            @RequestParam(defaultValue = "") String own,
            HttpServletRequest request) {
        var notice = own.isEmpty() ? "" : say("studio.shared.isOwn");
        if (!back.isEmpty()) {
            notice = say("studio.versions.isBack");
        }
        return lesson(course, id, Form.empty(), notice, request);
    }

    @PostMapping("/studio/{course}/lessons/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Object write(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(defaultValue = "") String title,
            @RequestParam(defaultValue = "") String markdown,
            HttpServletRequest request) {
        try {
            return switch (texts.write(course, id, version, title, markdown)) {
                case Written.Kept kept -> OutlinePages.seeOther(address(course, id));
                case Written.Overtaken(var theirs) ->
                        Page.of(
                                        "studio/conflict",
                                        shells.personal(request, theirs.title(), "studio"),
                                        new ConflictView(theirs, title, markdown))
                                .with(HttpStatus.CONFLICT);
            };
        } catch (Problem.Invalid wrong) {
            var typed = Map.of("title", title, "markdown", markdown);
            return lesson(course, id, Form.refused(typed, wrong.errors()), "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    @GetMapping("/studio/{course}/lessons/{id}/versions")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    Page versions(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(defaultValue = "0") int with,
            HttpServletRequest request) {
        var versions = texts.versions(course, id);
        var title = versions.getFirst().title();
        @Nullable LessonText shown = null;
        @Nullable LessonText beside = null;
        List<Changes.Line> changes = List.of();
        boolean editable = false;
        if (version > 0) {
            var both = texts.beside(course, id, version, with);
            editable = both.standing().edits();
            shown = both.earlier();
            beside = both.later();
            changes = Changes.between(shown.markdown(), beside.markdown());
        }
        return Page.of(
                "studio/versions",
                shells.personal(request, say("studio.versions.of", title), "studio"),
                new VersionsView(course, id, title, versions, shown, beside, changes, editable));
    }

    @PostMapping("/studio/{course}/lessons/{id}/versions")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    Object bringBack(
            @PathVariable String course,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "0") int version,
            @RequestParam(defaultValue = "0") int seen) {
        return switch (texts.bringBack(course, id, version, seen)) {
            case Written.Kept kept -> OutlinePages.seeOther(address(course, id) + "?back=yes");
            case Written.Overtaken later ->
                    throw new Problem.Conflict(say("studio.versions.meanwhile"));
        };
    }

    private Page lesson(
            String course, UUID id, Form form, String notice, HttpServletRequest request) {
        var text = texts.open(course, id);
        var desk = outlines.desk(course);
        var view =
                new LessonView(
                        desk.outline(),
                        DraftState.of(desk, releases),
                        text,
                        Caller.current().personId(),
                        form,
                        notice);
        return Page.of("studio/lesson", shells.personal(request, text.title(), "studio"), view);
    }

    private static String address(String course, UUID lesson) {
        return "/studio/" + course + "/lessons/" + lesson;
    }
}
