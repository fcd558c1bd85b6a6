package org.stoa.catalog.studio;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
import org.stoa.web.Overtaken;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** A draft's outline and texts, as JSON. */
@RestController
@Tag(name = "Studio")
class StudioApi {
    private static final int MOST_AT_ONCE = 1_000;

    private final Outlines outlines;
    private final LessonTexts texts;
    private final Checks checks;

    StudioApi(Outlines outlines, LessonTexts texts, Checks checks) {
        this.checks = checks;
        this.outlines = outlines;
        this.texts = texts;
    }

    /** A lesson's text; a write names the version it has seen. */
    record LessonTextBody(
            UUID id,
            String slug,
            String title,
            String markdown,
            int minutes,
            int version,
            Instant writtenAt) {
        static LessonTextBody of(LessonText text) {
            return new LessonTextBody(
                    text.id(),
                    text.slug(),
                    text.title(),
                    text.markdown(),
                    text.minutes(),
                    text.version(),
                    text.writtenAt());
        }
    }

    record WriteBody(@NotNull String title, @NotNull String markdown, @NotNull Integer version) {}

    record KeptBody(int version, int minutes, Instant writtenAt) {}

    record PreviewBody(@NotNull String title, @NotNull String markdown) {}

    /**
     * @param findings what the text lacks, in reading order
     */
    record RenderedBody(String html, int minutes, List<Found> findings) {}

    /**
     * Something to look at.
     *
     * @param line of the Markdown, from 1; 0 for all of it
     */
    record Found(int line, String message) {}

    /**
     * Where lessons shall stand.
     *
     * @param before null for the end of the module
     */
    record LessonPlaceBody(
            @NotNull @Size(min = 1, max = MOST_AT_ONCE) List<UUID> lessons,
            @NotNull UUID module,
            @Nullable UUID before) {}

    /**
     * Where a module shall stand.
     *
     * @param before null for the end of the course
     */
    record ModulePlaceBody(@Nullable UUID before) {}

    record ModuleTitleBody(@NotNull String title, @NotNull Integer version) {}

    record ModuleVersionBody(int version) {}

    /** What there is to look at before publishing; nothing, where the list is empty. */
    record CheckList(List<Check> items, @Nullable String nextCursor) {}

    @GetMapping("/api/v1/courses/{slug}/checks")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    @Operation(
            operationId = "checkDraft",
            summary = "Look a draft over before publishing",
            description =
                    "Empty lessons and modules, pictures without a description, links that lead"
                            + " nowhere, no summary. None of them stands in the way of publishing"
                            + " but a course without any lesson.")
    CheckList check(@PathVariable String slug) {
        return new CheckList(checks.of(slug), null);
    }

    @GetMapping("/api/v1/courses/{slug}/outline")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    @Operation(operationId = "getOutline", summary = "Read a draft's outline")
    Outline outline(@PathVariable String slug) {
        return outlines.of(slug);
    }

    @GetMapping("/api/v1/courses/{slug}/lessons/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    @Operation(operationId = "getLessonText", summary = "Read a lesson's text in the draft")
    LessonTextBody text(@PathVariable String slug, @PathVariable UUID id) {
        return LessonTextBody.of(texts.open(slug, id));
    }

    @PutMapping("/api/v1/courses/{slug}/lessons/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(
            operationId = "writeLessonText",
            summary = "Write a lesson's text",
            description = "Names the version it was written over. The text before it is kept.")
    @ApiResponse(
            responseCode = "200",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = KeptBody.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Somebody else wrote meanwhile: `theirs` is their text",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    ResponseEntity<?> write(
            @PathVariable String slug, @PathVariable UUID id, @Valid @RequestBody WriteBody body) {
        return switch (texts.write(slug, id, body.version(), body.title(), body.markdown())) {
            case Written.Kept(var version, var minutes, var at) ->
                    ResponseEntity.ok(new KeptBody(version, minutes, at));
            case Written.Overtaken(var theirs) ->
                    Overtaken.by(LessonTextBody.of(theirs), say("studio.changedMeanwhile"));
        };
    }

    @PostMapping("/api/v1/courses/{slug}/preview")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    @Operation(
            operationId = "previewText",
            summary = "See a text as learners will",
            description = "Nothing is kept.")
    RenderedBody preview(@PathVariable String slug, @Valid @RequestBody PreviewBody body) {
        var preview = texts.preview(slug, body.title(), body.markdown());
        return new RenderedBody(
                preview.rendered().html(),
                preview.rendered().minutes(),
                preview.findings().stream()
                        .map(it -> new Found(it.line(), Checks.sentence(it)))
                        .toList());
    }

    @PostMapping("/api/v1/courses/{slug}/lessons/positions")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(
            operationId = "moveLessons",
            summary = "Move lessons",
            description = "Into a module, before one of its lessons or at its end.")
    @ApiResponse(responseCode = "204", description = "Moved")
    ResponseEntity<Void> moveLessons(
            @PathVariable String slug, @Valid @RequestBody LessonPlaceBody body) {
        outlines.moveLessons(slug, body.lessons(), body.module(), body.before());
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/api/v1/courses/{slug}/modules/{id}/position")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(operationId = "moveModule", summary = "Move a module")
    @ApiResponse(responseCode = "204", description = "Moved")
    ResponseEntity<Void> moveModule(
            @PathVariable String slug,
            @PathVariable UUID id,
            @Valid @RequestBody ModulePlaceBody body) {
        outlines.moveModule(slug, id, body.before());
        return ResponseEntity.noContent().build();
    }

    @PatchMapping("/api/v1/courses/{slug}/modules/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(operationId = "renameModule", summary = "Rename a module")
    ModuleVersionBody renameModule(
            @PathVariable String slug,
            @PathVariable UUID id,
            @Valid @RequestBody ModuleTitleBody body) {
        return new ModuleVersionBody(outlines.renameModule(slug, id, body.version(), body.title()));
    }
}
