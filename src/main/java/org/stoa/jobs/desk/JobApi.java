package org.stoa.jobs.desk;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** A school's jobs, for its administrators, as JSON. */
@RestController
@Validated
@Tag(name = "Jobs")
class JobApi {
    private final JobDesk desk;

    JobApi(JobDesk desk) {
        this.desk = desk;
    }

    @GetMapping("/api/v1/job-lanes")
    @Allowed(Who.ADMIN)
    @Operation(operationId = "listJobLanes", summary = "See how the lanes of the school's jobs do")
    JobBodies.LaneList lanes() {
        return JobBodies.LaneList.of(desk.lanes());
    }

    @GetMapping("/api/v1/jobs")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "listJobs",
            summary = "List the school's jobs, the newest first",
            description = JobBodies.LIST)
    JobBodies.JobList list(
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        return JobBodies.JobList.of(desk.list(new JobDesk.Search(state, kind, q), cursor, limit));
    }

    @GetMapping("/api/v1/jobs/{id}")
    @Allowed(Who.ADMIN)
    @Operation(operationId = "getJob", summary = "See one job's life", description = JobBodies.LIFE)
    JobBodies.LifeBody life(@PathVariable UUID id) {
        return JobBodies.LifeBody.of(desk.life(id));
    }

    @PostMapping("/api/v1/jobs/{id}/cancel")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "cancelJob",
            summary = "Take a job back",
            description = JobBodies.CANCEL)
    @ApiResponse(responseCode = "204", description = "Taken back")
    ResponseEntity<Void> cancel(@PathVariable UUID id) {
        desk.cancel(id);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/api/v1/jobs/{id}/replay")
    @Allowed(Who.ADMIN)
    @Operation(operationId = "replayJob", summary = "Have a dead job tried again")
    @ApiResponse(responseCode = "204", description = "It waits again")
    ResponseEntity<Void> replay(@PathVariable UUID id) {
        desk.replay(id);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/api/v1/job-replays")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "replayJobs",
            summary = "Have all dead jobs tried again, or all of one kind",
            description = JobBodies.REPLAY)
    @ApiResponse(responseCode = "202", description = "The job that does it")
    ResponseEntity<JobBodies.StartedBody> replayAll(@RequestBody JobBodies.ReplayBody body) {
        var job = desk.replayAll(body.meant());
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/jobs/" + job))
                .body(new JobBodies.StartedBody(job));
    }
}
