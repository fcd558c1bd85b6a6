package org.stoa.enrollment.waiting;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
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

/** Who waits for a place, as JSON. */
@RestController
@Validated
@Tag(name = "Studio")
class WaitingApi {
    private final WaitingList waiting;

    WaitingApi(WaitingList waiting) {
        this.waiting = waiting;
    }

    /**
     * @param offeredAt since when a place is kept for them; null where none is
     * @param heldUntil when it goes to the next
     */
    @Schema(name = "Waiting")
    record WaitingBody(
            UUID person,
            String name,
            String email,
            Instant since,
            @Nullable Instant offeredAt,
            @Nullable Instant heldUntil) {}

    @Schema(name = "WaitingList")
    record WaitingBodies(List<WaitingBody> items, @Nullable String nextCursor) {}

    @GetMapping("/api/v1/courses/{slug}/waiting-list")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "listWaiting",
            summary = "List who waits for a place in a course",
            description = "The first in line first.")
    WaitingBodies list(
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var some = waiting.list(slug, cursor, limit);
        return new WaitingBodies(
                some.items().stream()
                        .map(it ->
                                new WaitingBody(
                                        it.person(),
                                        it.name(),
                                        it.email(),
                                        it.since(),
                                        it.offeredAt(),
                                        it.heldUntil()))
                        .toList(),
                some.nextCursor());
    }
}
