package org.stoa.messaging.discussion;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.messaging.discussion.Discussions.Discussion;
import org.stoa.messaging.discussion.Discussions.Outcome;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.CsrfTokens;
import org.stoa.web.access.Who;
import org.stoa.web.limits.TooMany;

/**
 * The discussion of a lesson: below the lesson, as a part that is its reader's own, and on a page
 * of its own, which every form leads to.
 */
@Controller
public class DiscussionPages {
    private static final int PER_PAGE = 20;

    private final Discussions discussions;
    private final Shells shells;

    DiscussionPages(Discussions discussions, Shells shells) {
        this.discussions = discussions;
        this.shells = shells;
    }

    /**
     * {@code messaging/questions}, and {@code messaging/discussion} with a page around it. Its
     * forms post {@code text} to {@link #here}, to {@code /{question}/answers} and {@code /{post}}
     * below it, {@code why} to {@code /{post}/report}, {@code resolved} to {@code
     * /{question}/resolved}, and nothing to {@code /{post}/remove}.
     *
     * @param alone one question is shown, of however many
     * @param form what was refused: its fields are called {@code ask}, or after their post and form
     */
    public record DiscussionView(
            String course,
            String courseTitle,
            String lesson,
            UUID lessonId,
            String lessonTitle,
            List<Question> questions,
            @Nullable String next,
            boolean alone,
            boolean writes,
            boolean looksAfter,
            Form form,
            String csrf) {
        public String here() {
            return "/learn/" + course + "/" + lesson + "/discussion";
        }

        /** Learners may write to the teachers alone. */
        public boolean asksTeachers() {
            return writes && !looksAfter;
        }

        /** Where staff look after what is written. */
        public String studio() {
            return "/studio/" + course + "/discussion";
        }
    }

    @GetMapping("/learn/{course}/{lesson}/discussion")
    @Allowed(Who.MEMBER)
    Page page(
            @PathVariable String course,
            @PathVariable String lesson,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable UUID question,
            HttpServletRequest request) {
        return page(course, lesson, cursor, question, Form.empty(), request);
    }

    @GetMapping("/fragments/discussion/{course}/{lesson}")
    @Allowed(Who.MEMBER)
    Page fragment(
            @PathVariable String course, @PathVariable String lesson, HttpServletRequest request) {
        var read = discussions.read(course, lesson, null, null, PER_PAGE);
        return Page.fragment("messaging/questions", view(read, false, Form.empty(), request));
    }

    @PostMapping("/learn/{course}/{lesson}/discussion")
    @Allowed(Who.MEMBER)
    Object ask(
            @PathVariable String course,
            @PathVariable String lesson,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response) {
        var at = new Spot(course, lesson, "ask", text);
        return tried(at, request, response, it -> discussions.ask(course, lesson, text));
    }

    @PostMapping("/learn/{course}/{lesson}/discussion/{post}/answers")
    @Allowed(Who.MEMBER)
    Object answer(
            @PathVariable String course,
            @PathVariable String lesson,
            @PathVariable UUID post,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response) {
        var at = new Spot(course, lesson, "answer-" + post, text);
        return tried(at, request, response, it -> discussions.answer(course, post, text));
    }

    @PostMapping("/learn/{course}/{lesson}/discussion/{post}")
    @Allowed(Who.MEMBER)
    Object edit(
            @PathVariable String course,
            @PathVariable String lesson,
            @PathVariable UUID post,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response) {
        var at = new Spot(course, lesson, "edit-" + post, text);
        return tried(at, request, response, it -> discussions.edit(course, post, text));
    }

    @PostMapping("/learn/{course}/{lesson}/discussion/{post}/report")
    @Allowed(Who.MEMBER)
    Object report(
            @PathVariable String course,
            @PathVariable String lesson,
            @PathVariable UUID post,
            @RequestParam(defaultValue = "") String why,
            HttpServletRequest request,
            HttpServletResponse response) {
        var at = new Spot(course, lesson, "why-" + post, why);
        return tried(at, request, response, it -> discussions.report(course, post, why));
    }

    @PostMapping("/learn/{course}/{lesson}/discussion/{post}/remove")
    @Allowed(Who.MEMBER)
    ResponseEntity<Void> remove(
            @PathVariable String course, @PathVariable String lesson, @PathVariable UUID post) {
        discussions.remove(course, post);
        return seeOther(course, lesson, post);
    }

    @PostMapping("/learn/{course}/{lesson}/discussion/{post}/resolved")
    @Allowed(Who.MEMBER)
    ResponseEntity<Void> resolve(
            @PathVariable String course,
            @PathVariable String lesson,
            @PathVariable UUID post,
            @RequestParam(defaultValue = "true") boolean resolved) {
        discussions.resolve(course, post, resolved);
        return seeOther(course, lesson, post);
    }

    /** A form of a lesson's discussion, and what was written into it. */
    private record Spot(String course, String lesson, String field, String typed) {}

    private Object tried(
            Spot at,
            HttpServletRequest request,
            HttpServletResponse response,
            Function<Spot, Outcome> act) {
        try {
            return switch (act.apply(at)) {
                case Outcome.Written(var question, var post) ->
                        seeOther(at.course(), at.lesson(), post);
                case Outcome.TooMany(var limit) -> {
                    TooMany.describe(response, limit);
                    yield refused(at, say("talk.tooMany"), HttpStatus.TOO_MANY_REQUESTS, request);
                }
            };
        } catch (Problem.Invalid wrong) {
            var why = String.valueOf(wrong.getMessage());
            return refused(at, why, HttpStatus.UNPROCESSABLE_CONTENT, request);
        } catch (Problem.Conflict conflict) {
            var why = String.valueOf(conflict.getMessage());
            return refused(at, why, HttpStatus.CONFLICT, request);
        }
    }

    /** The page again, with what was typed and why it was not taken. */
    private Page refused(Spot at, String why, HttpStatus status, HttpServletRequest request) {
        var form =
                Form.refused(
                        Map.of(at.field(), at.typed()), List.of(new FieldError(at.field(), why)));
        return page(at.course(), at.lesson(), null, null, form, request).with(status);
    }

    private Page page(
            String course,
            String lesson,
            @Nullable String cursor,
            @Nullable UUID only,
            Form form,
            HttpServletRequest request) {
        var read = discussions.read(course, lesson, cursor, only, PER_PAGE);
        return Page.of(
                "messaging/discussion",
                shells.personal(request, say("talk.of", read.lesson().title()), "learning"),
                view(read, only != null, form, request));
    }

    private static DiscussionView view(
            Discussion read, boolean alone, Form form, HttpServletRequest request) {
        return new DiscussionView(
                read.release().slug(),
                read.release().title(),
                read.lesson().slug(),
                read.lesson().id(),
                read.lesson().title(),
                read.questions().items(),
                read.questions().nextCursor(),
                alone,
                read.writes(),
                read.looksAfter(),
                form,
                CsrfTokens.masked(request));
    }

    private static ResponseEntity<Void> seeOther(String course, String lesson, UUID post) {
        var address = "/learn/" + course + "/" + lesson + "/discussion#p-" + post;
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
