package org.stoa.enrollment.learners;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Who learns a course, as JSON. */
@RestController
@Validated
@Tag(name = "Studio")
class LearnerApi {
    private final Learners learners;

    LearnerApi(Learners learners) {
        this.learners = learners;
    }

    /**
     * @param completed how many lessons of the current release
     * @param total how many it has
     */
    record LearnerBody(
            UUID id,
            String name,
            String email,
            Instant joinedAt,
            Instant lastActivityAt,
            int completed,
            int total) {}

    record LearnerList(List<LearnerBody> items, @Nullable String nextCursor) {}

    @GetMapping("/api/v1/courses/{slug}/learners")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(operationId = "listLearners", summary = "List who learns a course, by name")
    LearnerList list(
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var page = learners.of(slug, q, cursor, limit);
        return new LearnerList(
                page.learners().items().stream()
                        .map(it ->
                                new LearnerBody(
                                        it.id(),
                                        it.name(),
                                        it.email(),
                                        it.joinedAt(),
                                        it.lastActivityAt(),
                                        it.completed(),
                                        page.lessons()))
                        .toList(),
                page.learners().nextCursor());
    }
}
