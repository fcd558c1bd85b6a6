package org.stoa.enrollment.cohorts;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
import org.stoa.web.Overtaken;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Groups of a course, as JSON. */
@RestController
@Tag(name = "Studio")
class CohortApi {
    private static final int MOST_DATES = 2_000;

    private final Cohorts cohorts;

    CohortApi(Cohorts cohorts) {
        this.cohorts = cohorts;
    }

    /** When a lesson opens to a group. */
    @Schema(name = "CohortDate")
    record DateBody(@NotNull UUID lesson, @NotNull Instant opensAt) {}

    @Schema(name = "Cohort")
    record CohortBody(
            UUID id,
            String name,
            @Nullable Instant startsAt,
            boolean joinable,
            @Nullable Integer capacity,
            int taken,
            List<DateBody> calendar,
            int version) {
        static CohortBody of(Cohort it) {
            return new CohortBody(
                    it.id(),
                    it.name(),
                    it.startsAt(),
                    it.joinable(),
                    it.capacity(),
                    it.taken(),
                    it.calendar().entrySet().stream()
                            .map(one -> new DateBody(one.getKey(), one.getValue()))
                            .toList(),
                    it.version());
        }
    }

    @Schema(name = "CohortList")
    record CohortList(List<CohortBody> items, @Nullable String nextCursor) {}

    /**
     * What is wanted of a group.
     *
     * @param version the one seen; not heeded for a new group
     */
    @Schema(name = "WriteCohort")
    record WriteBody(
            @NotNull String name,
            @Nullable Instant startsAt,
            @NotNull Boolean joinable,
            @Nullable Integer capacity,
            @NotNull @Size(max = MOST_DATES, message = "{rules.groups.mostDates}")
                    List<@Valid @NotNull(message = "{rules.groups.dateMissing}") DateBody> calendar,
            @Nullable Integer version) {
        Cohort.Wanted wanted() {
            Map<UUID, Instant> dates = new HashMap<>();
            calendar.forEach(it -> dates.put(it.lesson(), it.opensAt()));
            return new Cohort.Wanted(name, startsAt, joinable, capacity, dates);
        }
    }

    @Schema(name = "CohortVersion")
    record VersionBody(int version) {}

    @Schema(name = "PutIntoCohort")
    record LearnerBody(@NotNull(message = "{rules.groups.who}") String email) {}

    @GetMapping("/api/v1/courses/{slug}/cohorts")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(operationId = "listCohorts", summary = "List a course's groups")
    CohortList all(@PathVariable String slug) {
        return new CohortList(cohorts.of(slug).stream().map(CohortBody::of).toList(), null);
    }

    @PostMapping("/api/v1/courses/{slug}/cohorts")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(operationId = "addCohort", summary = "Add a group to a course")
    @ApiResponse(responseCode = "201", description = "Added")
    ResponseEntity<CohortBody> add(@PathVariable String slug, @Valid @RequestBody WriteBody body) {
        var id = cohorts.add(slug, body.wanted());
        return ResponseEntity.created(URI.create("/api/v1/courses/" + slug + "/cohorts/" + id))
                .body(CohortBody.of(cohorts.roll(slug, id).cohort()));
    }

    @PutMapping("/api/v1/courses/{slug}/cohorts/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "setCohort",
            summary = "Change a group",
            description =
                    "Its calendar takes the place of what the release says of these lessons. It"
                            + " counts at once.")
    @ApiResponse(
            responseCode = "200",
            description = "Kept",
            content = @Content(schema = @Schema(implementation = VersionBody.class)))
    @ApiResponse(
            responseCode = "409",
            description = "Somebody else changed it meanwhile: `theirs`",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    ResponseEntity<?> write(
            @PathVariable String slug, @PathVariable UUID id, @Valid @RequestBody WriteBody body) {
        int seen = body.version() == null ? 0 : body.version();
        return switch (cohorts.write(slug, id, seen, body.wanted())) {
            case Cohorts.Written.Kept(var version) -> ResponseEntity.ok(new VersionBody(version));
            case Cohorts.Written.Overtaken(var theirs) ->
                    Overtaken.by(CohortBody.of(theirs), say("rules.groups.meanwhile"));
        };
    }

    @DeleteMapping("/api/v1/courses/{slug}/cohorts/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(operationId = "removeCohort", summary = "Take an empty group away")
    @ApiResponse(responseCode = "204", description = "Gone")
    ResponseEntity<Void> remove(@PathVariable String slug, @PathVariable UUID id) {
        cohorts.remove(slug, id);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/api/v1/courses/{slug}/cohorts/{id}/learners")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "putIntoCohort",
            summary = "Put a member of the school into a group",
            description = "And so into the course. Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "They are in it")
    ResponseEntity<Void> put(
            @PathVariable String slug,
            @PathVariable UUID id,
            @Valid @RequestBody LearnerBody body) {
        cohorts.put(slug, id, body.email());
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/api/v1/courses/{slug}/cohorts/{id}/learners/{person}")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "takeOutOfCohort",
            summary = "Take somebody out of a group",
            description = "Access that they have for another reason stays.")
    @ApiResponse(responseCode = "204", description = "They are out of it")
    ResponseEntity<Void> takeOut(
            @PathVariable String slug, @PathVariable UUID id, @PathVariable UUID person) {
        cohorts.takeOut(slug, id, person);
        return ResponseEntity.noContent().build();
    }
}
