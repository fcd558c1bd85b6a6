package org.stoa.messaging.discussion;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
import org.stoa.messaging.discussion.Moderation.Reported;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What was reported of a course's discussions, as JSON. */
@RestController
@Validated
@Tag(name = "Discussions")
class ModerationApi {
    private final Moderation moderation;

    ModerationApi(Moderation moderation) {
        this.moderation = moderation;
    }

    /**
     * @param reasons what each reader wrote
     */
    @Schema(name = "ReportedPost")
    record ReportedBody(
            UUID id,
            UUID question,
            UUID lesson,
            String author,
            String text,
            boolean hidden,
            Instant at,
            List<String> reasons) {
        static ReportedBody of(Reported it) {
            return new ReportedBody(
                    it.id(),
                    it.question(),
                    it.lesson(),
                    it.author(),
                    it.markdown(),
                    it.hidden(),
                    it.at(),
                    it.whys());
        }
    }

    @Schema(name = "ReportedPostList")
    record ReportedList(List<ReportedBody> items, @Nullable String nextCursor) {}

    @Schema(name = "HidePost")
    record HiddenBody(@NotNull(message = "{talk.sayHidden}") Boolean hidden) {}

    @Schema(name = "LockQuestion")
    record LockedBody(@NotNull(message = "{talk.sayLocked}") Boolean locked) {}

    @GetMapping("/api/v1/courses/{slug}/discussion-reports")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "listReportedPosts",
            summary = "List what readers reported and nobody has settled")
    ReportedList reported(
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var found = moderation.reported(slug, cursor, limit);
        return new ReportedList(
                found.items().stream().map(ReportedBody::of).toList(), found.nextCursor());
    }

    @PutMapping("/api/v1/courses/{slug}/discussion/{post}/hidden")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "hidePost",
            summary = "Hide a post from learners, or show it again",
            description = "Either settles what was reported of it.")
    @ApiResponse(responseCode = "204", description = "It is so")
    ResponseEntity<Void> hide(
            @PathVariable String slug,
            @PathVariable UUID post,
            @Valid @RequestBody HiddenBody body) {
        moderation.hide(slug, post, body.hidden());
        return ResponseEntity.noContent().build();
    }

    @PutMapping("/api/v1/courses/{slug}/discussion/{post}/locked")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "lockQuestion",
            summary = "End the answers to a question, or allow them again")
    @ApiResponse(responseCode = "204", description = "It is so")
    ResponseEntity<Void> lock(
            @PathVariable String slug,
            @PathVariable UUID post,
            @Valid @RequestBody LockedBody body) {
        moderation.lock(slug, post, body.locked());
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/api/v1/courses/{slug}/discussion/{post}/reports")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "dismissReports",
            summary = "Leave a reported post as it is",
            description = "Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "Settled")
    ResponseEntity<Void> dismiss(@PathVariable String slug, @PathVariable UUID post) {
        moderation.dismiss(slug, post);
        return ResponseEntity.noContent().build();
    }
}
