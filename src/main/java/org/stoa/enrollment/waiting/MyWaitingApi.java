package org.stoa.enrollment.waiting;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.enrollment.Admission;
import org.stoa.enrollment.Admissions;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Standing in line for a place, as JSON. */
@RestController
@Tag(name = "Learning")
class MyWaitingApi {
    private final WaitingList waiting;
    private final Admissions admissions;

    MyWaitingApi(WaitingList waiting, Admissions admissions) {
        this.waiting = waiting;
        this.admissions = admissions;
    }

    /**
     * @param number 1 for the first in line
     * @param heldUntil until when a place is kept for them; null where none is
     */
    @Schema(name = "MyTurn")
    record TurnBody(int number, @Nullable Instant heldUntil) {}

    @GetMapping("/api/v1/me/waiting-list/{slug}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "getMyTurn",
            summary = "Show how I stand in line for a place in a course",
            description = "404 where I do not.")
    TurnBody turn(@PathVariable String slug) {
        return mine(slug);
    }

    @PutMapping("/api/v1/me/waiting-list/{slug}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "joinWaitingList",
            summary = "Get in line for a place in a course that is full",
            description = "Repeating it keeps the turn. 409 where the course is not full.")
    TurnBody join(@PathVariable String slug) {
        var known = waiting.turn(waiting.course(slug).courseId()).orElse(null);
        if (known == null) {
            switch (admissions.to(slug)) {
                case Admission.Full full -> waiting.join(slug);
                case Admission.Open open -> throw notFull();
                case Admission.ForSale sold -> throw notFull();
                case Admission why ->
                        throw new Problem.Conflict(
                                why.sentence(Caller.current().school().timeZone()));
            }
        }
        return mine(slug);
    }

    @DeleteMapping("/api/v1/me/waiting-list/{slug}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "leaveWaitingList",
            summary = "Wait no more for a place in a course",
            description =
                    "A place that was kept goes to the next in line. Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "Out of the line")
    ResponseEntity<Void> leave(@PathVariable String slug) {
        waiting.leave(slug);
        return ResponseEntity.noContent().build();
    }

    private TurnBody mine(String slug) {
        return waiting.turn(waiting.course(slug).courseId())
                .map(it -> new TurnBody(it.number(), it.heldUntil()))
                .orElseThrow(() -> new Problem.NotFound(say("learn.wait.notInLine")));
    }

    private static Problem.Conflict notFull() {
        return new Problem.Conflict(say("learn.wait.notFull"));
    }
}
