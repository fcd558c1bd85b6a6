package org.stoa.messaging.letters;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
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
import org.stoa.messaging.letters.Letters.Line;
import org.stoa.messaging.letters.Letters.Outcome;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;
import org.stoa.web.limits.TooMany;

/** Where learners and their teachers write to each other. */
@Controller
public class LetterPages {
    private static final int PER_PAGE = 24;
    private static final int LETTERS = 50;

    /** Where a conversation is opened: at its end. */
    private static final String LATEST = "#latest";

    private final Letters letters;
    private final Shells shells;

    LetterPages(Letters letters, Shells shells) {
        this.letters = letters;
        this.shells = shells;
    }

    /**
     * {@code messaging/conversations}.
     *
     * @param next cursor of the next page; null on the last
     */
    public record ConversationsView(List<Line> lines, @Nullable String next) {}

    /** {@code messaging/conversation}; posts {@code text} to its own address, nothing to /read. */
    public record ConversationView(Conversation it, Form form) {
        /** Where what is read is marked, for the page's script. */
        public String marks() {
            var course = "/api/v1/courses/" + it.course();
            return (it.mine() ? course : course + "/learners/" + it.learner())
                    + "/conversation/read";
        }
    }

    @GetMapping("/messages")
    @Allowed(Who.MEMBER)
    Page all(@RequestParam(required = false) @Nullable String cursor, HttpServletRequest request) {
        var some = letters.list(cursor, PER_PAGE);
        return Page.of(
                "messaging/conversations",
                shells.personal(request, say("letters.title"), ""),
                new ConversationsView(some.items(), some.nextCursor()));
    }

    @GetMapping("/messages/{course}")
    @Allowed(Who.MEMBER)
    Page own(
            @PathVariable String course,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        return page(course, null, cursor, Form.empty(), request);
    }

    @PostMapping("/messages/{course}")
    @Allowed(Who.MEMBER)
    Object write(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response) {
        return written(course, null, text, request, response);
    }

    @PostMapping("/messages/{course}/read")
    @Allowed(Who.MEMBER)
    ResponseEntity<Void> read(@PathVariable String course) {
        letters.markRead(course, null);
        return seeOther("/messages/" + course + LATEST);
    }

    @GetMapping("/messages/{course}/{person}")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    Page withLearner(
            @PathVariable String course,
            @PathVariable UUID person,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        return page(course, person, cursor, Form.empty(), request);
    }

    @PostMapping("/messages/{course}/{person}")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    Object writeToLearner(
            @PathVariable String course,
            @PathVariable UUID person,
            @RequestParam(defaultValue = "") String text,
            HttpServletRequest request,
            HttpServletResponse response) {
        return written(course, person, text, request, response);
    }

    @PostMapping("/messages/{course}/{person}/read")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    ResponseEntity<Void> readOfLearner(@PathVariable String course, @PathVariable UUID person) {
        letters.markRead(course, person);
        return seeOther("/messages/" + course + "/" + person + LATEST);
    }

    private Object written(
            String course,
            @Nullable UUID learner,
            String text,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            return switch (letters.write(course, learner, text)) {
                case Outcome.Written w ->
                        seeOther(
                                "/messages/"
                                        + course
                                        + (learner == null ? "" : "/" + learner)
                                        + LATEST);
                case Outcome.TooMany(var limit) -> {
                    TooMany.describe(response, limit);
                    var form = refused(text, say("letters.tooMany"));
                    yield page(course, learner, null, form, request)
                            .with(HttpStatus.TOO_MANY_REQUESTS);
                }
            };
        } catch (Problem.Invalid wrong) {
            var form = refused(text, String.valueOf(wrong.getMessage()));
            return page(course, learner, null, form, request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static Form refused(String text, String why) {
        return Form.refused(Map.of("text", text), List.of(new FieldError("text", why)));
    }

    private Page page(
            String course,
            @Nullable UUID learner,
            @Nullable String cursor,
            Form form,
            HttpServletRequest request) {
        var it = letters.read(course, learner, cursor, LETTERS);
        var title = say("letters.of", it.mine() ? it.title() : it.learnerName());
        return Page.of(
                "messaging/conversation",
                shells.personal(request, title, ""),
                new ConversationView(it, form));
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
