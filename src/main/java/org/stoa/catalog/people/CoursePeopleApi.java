package org.stoa.catalog.people;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Who teaches a course, as JSON. */
@RestController
@Tag(name = "Studio")
class CoursePeopleApi {
    private final CoursePeople people;

    CoursePeopleApi(CoursePeople people) {
        this.people = people;
    }

    /**
     * @param active false while they are suspended, or do not teach at the school any more
     */
    record TeacherBody(
            UUID id, String name, String email, String role, boolean active, Instant since) {}

    record TeacherList(List<TeacherBody> items, @Nullable String nextCursor) {}

    record CourseRoleBody(@NotNull String role) {}

    @GetMapping("/api/v1/courses/{slug}/staff")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    @Operation(
            operationId = "listStaff",
            summary = "List who teaches a course",
            description =
                    "Nobody, where the course is the school's own: then all its teachers write it.")
    TeacherList list(@PathVariable String slug) {
        return new TeacherList(
                people.of(slug).teachers().stream()
                        .map(it ->
                                new TeacherBody(
                                        it.id(),
                                        it.name(),
                                        it.email(),
                                        it.role().word(),
                                        it.active(),
                                        it.since()))
                        .toList(),
                null);
    }

    @PutMapping("/api/v1/courses/{slug}/staff/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.NamePeople.class)
    @Operation(
            operationId = "nameStaff",
            summary = "Give a teacher a role in a course",
            description =
                    "`lead`, `assistant` or `reviewer`, for somebody who teaches at the school; an"
                            + " administrator makes them a teacher with it.")
    @ApiResponse(responseCode = "204", description = "They have it now")
    ResponseEntity<Void> name(
            @PathVariable String slug,
            @PathVariable UUID id,
            @Valid @RequestBody CourseRoleBody body) {
        people.change(slug, id, CourseRole.of(body.role()));
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/api/v1/courses/{slug}/staff/{id}")
    @Allowed(value = Who.TEACHER, of = StaffWho.NamePeople.class)
    @Operation(
            operationId = "removeStaff",
            summary = "Take somebody's role in a course away",
            description = "The last who leads it stays.")
    @ApiResponse(responseCode = "204", description = "They do not teach it any more")
    ResponseEntity<Void> remove(@PathVariable String slug, @PathVariable UUID id) {
        people.remove(slug, id);
        return ResponseEntity.noContent().build();
    }
}
