package org.stoa.catalog.reuse;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
import org.stoa.catalog.reuse.SharedLessons.Offered;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Lessons that stand in several courses, as JSON. */
@RestController
@Tag(name = "Studio")
class SharedLessonApi {
    private final SharedLessons lessons;

    SharedLessonApi(SharedLessons lessons) {
        this.lessons = lessons;
    }

    /** Lessons that can be put into the course, 50 at most. */
    record OfferedList(List<Offered> items, @Nullable String nextCursor) {}

    /**
     * Which lesson is to stand in the course too, and where.
     *
     * @param lesson one of another course
     * @param module one of this course
     */
    record ShareBody(@NotNull UUID lesson, @NotNull UUID module) {}

    /** The lesson in this course. */
    record SharedBody(UUID id) {}

    @GetMapping("/api/v1/courses/{slug}/shareable-lessons")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(
            operationId = "listShareableLessons",
            summary = "List lessons of other courses that can stand in this one too",
            description = "Those of courses that the caller may write; 50 at most.")
    OfferedList offered(
            @PathVariable String slug,
            @Parameter(description = "Words of its title, its module's or its course's")
                    @RequestParam(defaultValue = "")
                    String q) {
        return new OfferedList(lessons.offered(slug, q), null);
    }

    @PostMapping("/api/v1/courses/{slug}/shared-lessons")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(
            operationId = "shareLesson",
            summary = "Let a lesson of another course stand in this one too",
            description =
                    "Its title and text are one from here on: written in either course, they change"
                            + " in both drafts. The caller may write both courses.")
    @ApiResponse(responseCode = "201", description = "It stands at the end of the module")
    ResponseEntity<SharedBody> share(
            @PathVariable String slug, @Valid @RequestBody ShareBody body) {
        var id = lessons.share(slug, body.module(), body.lesson());
        return ResponseEntity.created(URI.create("/api/v1/courses/" + slug + "/lessons/" + id))
                .body(new SharedBody(id));
    }

    @DeleteMapping("/api/v1/courses/{slug}/shared-lessons/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(
            operationId = "ownLesson",
            summary = "Make a shared lesson's text this course's own",
            description = "The lesson stays; its text is a copy that goes its own way.")
    @ApiResponse(responseCode = "204", description = "It is this course's own")
    ResponseEntity<Void> own(@PathVariable String slug, @PathVariable UUID id) {
        lessons.own(slug, id);
        return ResponseEntity.noContent().build();
    }
}
