package org.stoa.catalog.rules;

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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.LessonRules;
import org.stoa.catalog.people.StaffWho;
import org.stoa.web.Overtaken;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** When lessons open and courses take learners in, as JSON. */
@RestController
@Tag(name = "Studio")
class RuleApi {
    private final LessonRulings rulings;
    private final CourseTerms terms;

    RuleApi(LessonRulings rulings, CourseTerms terms) {
        this.rulings = rulings;
        this.terms = terms;
    }

    /** A lesson's rules in the draft; a write names the version it has seen. */
    @Schema(name = "DraftLessonRules")
    record RulesBody(
            boolean hidden,
            boolean required,
            boolean taste,
            @Nullable Instant opensAt,
            @Nullable Integer opensAfterDays,
            List<UUID> after,
            int version) {
        static RulesBody of(Ruling ruling) {
            var rules = ruling.rules();
            return new RulesBody(
                    ruling.hidden(),
                    rules.counts(),
                    rules.taste(),
                    rules.opensAt(),
                    rules.opensAfterDays(),
                    rules.after(),
                    ruling.version());
        }
    }

    @Schema(name = "WriteLessonRules")
    record WriteRulesBody(
            @NotNull Boolean hidden,
            @NotNull Boolean required,
            @NotNull Boolean taste,
            @Nullable Instant opensAt,
            @Nullable Integer opensAfterDays,
            @NotNull @Size(max = 50, message = "{rules.api.most}")
                    List<@NotNull(message = "{rules.api.lesson}") UUID> after,
            @NotNull Integer version) {}

    record VersionBody(int version) {}

    /** On what terms a course takes learners in. */
    @Schema(name = "CourseTerms")
    record TermsBody(
            @Nullable Instant opensAt,
            @Nullable Instant closesAt,
            @Nullable Integer capacity,
            int learners,
            List<String> first,
            int version) {
        static TermsBody of(Terms terms) {
            return new TermsBody(
                    terms.opensAt(),
                    terms.closesAt(),
                    terms.capacity(),
                    terms.learners(),
                    terms.first().stream().map(Terms.Before::slug).toList(),
                    terms.version());
        }
    }

    @Schema(name = "WriteCourseTerms")
    record WriteTermsBody(
            @Nullable Instant opensAt,
            @Nullable Instant closesAt,
            @Nullable Integer capacity,
            @NotNull @Size(max = 20, message = "{rules.api.courses}")
                    List<@NotNull(message = "{rules.api.course}") String> first,
            @NotNull Integer version) {}

    @GetMapping("/api/v1/courses/{slug}/lessons/{id}/rules")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    @Operation(operationId = "getLessonRules", summary = "Read when a lesson opens, in the draft")
    RulesBody rules(@PathVariable String slug, @PathVariable UUID id) {
        return RulesBody.of(rulings.of(slug, id));
    }

    @PutMapping("/api/v1/courses/{slug}/lessons/{id}/rules")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "setLessonRules",
            summary = "Set when a lesson opens",
            description =
                    "Of the draft: learners notice with the next release. `after` names lessons to"
                            + " be done before; a circle of them is refused.")
    @ApiResponse(
            responseCode = "200",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = VersionBody.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Somebody else set them meanwhile: `theirs`",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    ResponseEntity<?> set(
            @PathVariable String slug,
            @PathVariable UUID id,
            @Valid @RequestBody WriteRulesBody body) {
        var rules =
                new LessonRules(
                        body.required(),
                        body.taste(),
                        body.opensAt(),
                        body.opensAfterDays(),
                        body.after());
        return switch (rulings.write(slug, id, body.version(), body.hidden(), rules)) {
            case Ruling.Written.Kept(var version) -> ResponseEntity.ok(new VersionBody(version));
            case Ruling.Written.Overtaken(var theirs) ->
                    Overtaken.by(RulesBody.of(theirs), say("rules.meanwhile"));
        };
    }

    @GetMapping("/api/v1/courses/{slug}/terms")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "getCourseTerms",
            summary = "Read on what terms a course takes learners in")
    TermsBody terms(@PathVariable String slug) {
        return TermsBody.of(terms.of(slug));
    }

    @PutMapping("/api/v1/courses/{slug}/terms")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "setCourseTerms",
            summary = "Set on what terms a course takes learners in",
            description =
                    "They count at once. `first` names courses to be finished before, by their"
                            + " addresses; a circle of them is refused.")
    @ApiResponse(
            responseCode = "200",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = VersionBody.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Somebody else set them meanwhile: `theirs`",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    ResponseEntity<?> setTerms(@PathVariable String slug, @Valid @RequestBody WriteTermsBody body) {
        var wanted =
                new Terms.Wanted(body.opensAt(), body.closesAt(), body.capacity(), body.first());
        return switch (terms.write(slug, body.version(), wanted)) {
            case Terms.Written.Kept(var version) -> ResponseEntity.ok(new VersionBody(version));
            case Terms.Written.Overtaken(var theirs) ->
                    Overtaken.by(TermsBody.of(theirs), say("rules.meanwhile"));
        };
    }
}
