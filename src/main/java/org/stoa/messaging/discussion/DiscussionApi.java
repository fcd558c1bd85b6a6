package org.stoa.messaging.discussion;

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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.messaging.discussion.Discussions.Outcome;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;
import org.stoa.web.limits.TooMany;

/** Discussions of lessons, as JSON. */
@RestController
@Validated
@Tag(name = "Discussions")
class DiscussionApi {
    private final Discussions discussions;

    DiscussionApi(Discussions discussions) {
        this.discussions = discussions;
    }

    /** Whoever wrote it, by the name they had. */
    @Schema(name = "Author")
    record AuthorBody(UUID id, String name, boolean staff) {
        static AuthorBody of(Post post) {
            return new AuthorBody(post.authorId(), post.author(), post.staff());
        }
    }

    /**
     * @param state {@code shown}, {@code removed} by its author or {@code hidden} by staff; where
     *     it is not shown, its words are there for those alone who may read them
     * @param text Markdown
     * @param html the same, rendered and sanitized
     */
    @Schema(name = "Post")
    record PostBody(
            UUID id,
            AuthorBody author,
            Instant at,
            boolean edited,
            String state,
            String text,
            String html) {
        static PostBody of(Post post) {
            return new PostBody(
                    post.id(),
                    AuthorBody.of(post),
                    post.at(),
                    post.edited(),
                    post.state().word(),
                    post.markdown(),
                    post.html());
        }
    }

    @Schema(name = "Question")
    record QuestionBody(
            UUID id, boolean resolved, boolean locked, PostBody question, List<PostBody> answers) {
        static QuestionBody of(Question it) {
            return new QuestionBody(
                    it.id(),
                    it.resolved(),
                    it.locked(),
                    PostBody.of(it.asked()),
                    it.answers().stream().map(PostBody::of).toList());
        }
    }

    @Schema(name = "QuestionList")
    record QuestionList(List<QuestionBody> items, @Nullable String nextCursor) {}

    /** Markdown, at most 5,000 characters; {@code @} and a name tell somebody of the course. */
    @Schema(name = "WritePost")
    record TextBody(@NotNull(message = "{talk.empty}") String text) {}

    @Schema(name = "WrittenPost")
    record WrittenBody(UUID id) {}

    @Schema(name = "ReportPost")
    record WhyBody(@NotNull(message = "{talk.why}") String why) {}

    @Schema(name = "ResolveQuestion")
    record ResolvedBody(@NotNull(message = "{talk.sayResolved}") Boolean resolved) {}

    @GetMapping("/api/v1/courses/{slug}/lessons/{id}/discussion")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "listQuestions",
            summary = "List what is asked under a lesson",
            description = "The latest question first, each with its answers, the first one first.")
    QuestionList list(
            @PathVariable String slug,
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var questions = discussions.read(slug, id.toString(), cursor, null, limit).questions();
        return new QuestionList(
                questions.items().stream().map(QuestionBody::of).toList(), questions.nextCursor());
    }

    @PostMapping("/api/v1/courses/{slug}/lessons/{id}/discussion")
    @Allowed(Who.MEMBER)
    @Operation(operationId = "askQuestion", summary = "Ask under a lesson")
    @ApiResponse(responseCode = "201", description = "Asked")
    ResponseEntity<WrittenBody> ask(
            @PathVariable String slug,
            @PathVariable UUID id,
            @Valid @RequestBody TextBody body,
            HttpServletResponse response) {
        var asked = discussions.ask(slug, id.toString(), body.text());
        return created(
                "/api/v1/courses/" + slug + "/lessons/" + id + "/discussion", asked, response);
    }

    @PostMapping("/api/v1/courses/{slug}/discussion/{post}/answers")
    @Allowed(Who.MEMBER)
    @Operation(operationId = "answerQuestion", summary = "Answer a question")
    @ApiResponse(responseCode = "201", description = "Answered")
    ResponseEntity<WrittenBody> answer(
            @PathVariable String slug,
            @PathVariable UUID post,
            @Valid @RequestBody TextBody body,
            HttpServletResponse response) {
        var answered = discussions.answer(slug, post, body.text());
        return created(
                "/api/v1/courses/" + slug + "/discussion/" + post + "/answers", answered, response);
    }

    @PatchMapping("/api/v1/courses/{slug}/discussion/{post}")
    @Allowed(Who.MEMBER)
    @Operation(operationId = "editPost", summary = "Change one's own words")
    @ApiResponse(responseCode = "204", description = "Changed")
    ResponseEntity<Void> edit(
            @PathVariable String slug,
            @PathVariable UUID post,
            @Valid @RequestBody TextBody body,
            HttpServletResponse response) {
        written(discussions.edit(slug, post, body.text()), response);
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/api/v1/courses/{slug}/discussion/{post}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "removePost",
            summary = "Take back one's own words",
            description = "That something stood there remains. Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "Taken back")
    ResponseEntity<Void> remove(@PathVariable String slug, @PathVariable UUID post) {
        discussions.remove(slug, post);
        return ResponseEntity.noContent().build();
    }

    @org.springframework.web.bind.annotation.PutMapping(
            "/api/v1/courses/{slug}/discussion/{post}/resolved")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "resolveQuestion",
            summary = "Say that a question is answered, or open again",
            description = "For whoever asked, and the course's leads and assistants.")
    @ApiResponse(responseCode = "204", description = "It is so")
    ResponseEntity<Void> resolve(
            @PathVariable String slug,
            @PathVariable UUID post,
            @Valid @RequestBody ResolvedBody body) {
        discussions.resolve(slug, post, body.resolved());
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/api/v1/courses/{slug}/discussion/{post}/reports")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "reportPost",
            summary = "Report a post to those who look after the course",
            description = "Once a reader; 409 for the second time.")
    @ApiResponse(responseCode = "204", description = "Reported")
    ResponseEntity<Void> report(
            @PathVariable String slug,
            @PathVariable UUID post,
            @Valid @RequestBody WhyBody body,
            HttpServletResponse response) {
        written(discussions.report(slug, post, body.why()), response);
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<WrittenBody> created(
            String address, Outcome outcome, HttpServletResponse response) {
        var post = written(outcome, response).post();
        return ResponseEntity.created(URI.create(address)).body(new WrittenBody(post));
    }

    private static Outcome.Written written(Outcome outcome, HttpServletResponse response) {
        return switch (outcome) {
            case Outcome.Written written -> written;
            case Outcome.TooMany(var limit) ->
                    throw TooMany.refusal(response, limit, say("talk.tooMany"));
        };
    }
}
