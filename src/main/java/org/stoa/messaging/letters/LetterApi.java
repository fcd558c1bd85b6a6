package org.stoa.messaging.letters;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
import org.stoa.messaging.letters.Conversation.Letter;
import org.stoa.messaging.letters.Letters.Line;
import org.stoa.messaging.letters.Letters.Outcome;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;
import org.stoa.web.limits.TooMany;

/** What learners and their teachers write to each other, as JSON. */
@RestController
@Validated
@Tag(name = "Messages")
class LetterApi {
    private final Letters letters;

    LetterApi(Letters letters) {
        this.letters = letters;
    }

    /**
     * @param learner whose conversation it is
     * @param words of the last message, shortened
     */
    @Schema(name = "ConversationLine")
    record LineBody(
            String course,
            String title,
            UUID learner,
            String learnerName,
            String author,
            String words,
            Instant at,
            int unread) {
        static LineBody of(Line it) {
            return new LineBody(
                    it.course(),
                    it.title(),
                    it.learner(),
                    it.learnerName(),
                    it.author(),
                    it.words(),
                    it.at(),
                    it.unread());
        }
    }

    @Schema(name = "ConversationList")
    record ConversationList(List<LineBody> items, @Nullable String nextCursor) {}

    /**
     * @param staff somebody wrote it who looks after the course's learners
     * @param text Markdown
     * @param html the same, rendered and sanitized
     * @param read the other side has read it
     */
    @Schema(name = "Message")
    record MessageBody(
            UUID id,
            UUID authorId,
            String author,
            boolean staff,
            Instant at,
            String text,
            String html,
            boolean read) {
        static MessageBody of(Letter it, Conversation in) {
            return new MessageBody(
                    it.id(),
                    it.authorId(),
                    it.author(),
                    it.staff(),
                    it.at(),
                    it.markdown(),
                    it.html(),
                    in.read(it));
        }
    }

    /**
     * @param items the first one first; with the cursor, those before
     */
    @Schema(name = "Conversation")
    record ConversationBody(
            UUID learner, int unread, List<MessageBody> items, @Nullable String nextCursor) {
        static ConversationBody of(Conversation it) {
            return new ConversationBody(
                    it.learner(),
                    it.unread(),
                    it.letters().stream().map(letter -> MessageBody.of(letter, it)).toList(),
                    it.earlier() ? it.letters().getFirst().id().toString() : null);
        }
    }

    /** Markdown, at most 5,000 characters. */
    @Schema(name = "WriteMessage")
    record TextBody(@NotNull(message = "{talk.empty}") String text) {}

    @Schema(name = "WrittenMessage")
    record WrittenBody(UUID id) {}

    @GetMapping("/api/v1/me/conversations")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "listConversations",
            summary = "List my conversations",
            description =
                    "With the teachers of each course that I learn, and with learners of courses"
                            + " that I look after. The one with the latest message first.")
    ConversationList list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var some = letters.list(cursor, limit);
        return new ConversationList(
                some.items().stream().map(LineBody::of).toList(), some.nextCursor());
    }

    @GetMapping("/api/v1/courses/{slug}/conversation")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "getConversation",
            summary = "Read what I and the teachers of a course wrote to each other",
            description = "Reading it so marks nothing as read.")
    ConversationBody own(
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        return ConversationBody.of(letters.read(slug, null, cursor, limit));
    }

    @PostMapping("/api/v1/courses/{slug}/conversation")
    @Allowed(Who.MEMBER)
    @Operation(operationId = "writeToTeachers", summary = "Write to the teachers of a course")
    @ApiResponse(responseCode = "201", description = "Written")
    ResponseEntity<WrittenBody> write(
            @PathVariable String slug,
            @Valid @RequestBody TextBody body,
            HttpServletResponse response) {
        return created(
                "/api/v1/courses/" + slug + "/conversation",
                letters.write(slug, null, body.text()),
                response);
    }

    @PutMapping("/api/v1/courses/{slug}/conversation/read")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "markConversation",
            summary = "Mark what the teachers wrote as read",
            description = "Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "It is so")
    ResponseEntity<Void> mark(@PathVariable String slug) {
        letters.markRead(slug, null);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/api/v1/courses/{slug}/learners/{person}/conversation")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "getLearnersConversation",
            summary = "Read what a learner and the teachers of a course wrote to each other")
    ConversationBody ofLearner(
            @PathVariable String slug,
            @PathVariable UUID person,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        return ConversationBody.of(letters.read(slug, person, cursor, limit));
    }

    @PostMapping("/api/v1/courses/{slug}/learners/{person}/conversation")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(operationId = "writeToLearner", summary = "Write to a learner of a course")
    @ApiResponse(responseCode = "201", description = "Written")
    ResponseEntity<WrittenBody> writeToLearner(
            @PathVariable String slug,
            @PathVariable UUID person,
            @Valid @RequestBody TextBody body,
            HttpServletResponse response) {
        return created(
                "/api/v1/courses/" + slug + "/learners/" + person + "/conversation",
                letters.write(slug, person, body.text()),
                response);
    }

    @PutMapping("/api/v1/courses/{slug}/learners/{person}/conversation/read")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "markLearnersConversation",
            summary = "Mark what a learner wrote as read by me",
            description = "Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "It is so")
    ResponseEntity<Void> markOfLearner(@PathVariable String slug, @PathVariable UUID person) {
        letters.markRead(slug, person);
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<WrittenBody> created(
            String address, Outcome outcome, HttpServletResponse response) {
        return switch (outcome) {
            case Outcome.Written(var letter) ->
                    ResponseEntity.created(URI.create(address)).body(new WrittenBody(letter));
            case Outcome.TooMany(var limit) ->
                    throw TooMany.refusal(response, limit, say("letters.tooMany"));
        };
    }
}
