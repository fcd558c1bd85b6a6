package org.stoa.enrollment;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;
import org.stoa.web.live.EventStreams;

/** How far the caller is, as JSON and as a stream. */
@RestController
@Tag(name = "Learning")
class ProgressApi {
    private static final int SECONDS_OF_A_DAY = 86_400;

    private final Progress progress;
    private final EventStreams streams;
    private final Clock clock;

    ProgressApi(Progress progress, EventStreams streams, Clock clock) {
        this.progress = progress;
        this.streams = streams;
        this.clock = clock;
    }

    record MarkBody(
            @NotNull(message = "{learn.api.status}") LessonStatus status,
            @Min(value = 0, message = "{learn.api.seconds}")
                    @Max(value = SECONDS_OF_A_DAY, message = "{learn.api.day}")
                    @Nullable Integer positionSeconds) {}

    record BatchBody(
            @NotNull(message = "{learn.api.marks}") @Size(max = 500, message = "{learn.api.most}")
                    List<@Valid @NotNull(message = "{learn.api.missing}") BatchItem> items) {}

    record BatchItem(
            @NotNull(message = "{learn.api.lesson}") UUID lessonId,
            @NotNull(message = "{learn.api.status}") LessonStatus status,
            @Min(value = 0, message = "{learn.api.seconds}")
                    @Max(value = SECONDS_OF_A_DAY, message = "{learn.api.day}")
                    @Nullable Integer positionSeconds,
            @Nullable Instant at) {}

    @Schema(name = "MarkedLesson")
    record LessonBody(UUID id, LessonStatus status, int positionSeconds) {}

    @Schema(name = "MarkedCourse")
    record CourseBody(String slug, int completed, int total, int percent) {}

    record MarkedBody(LessonBody lesson, CourseBody course, long revision) {
        static MarkedBody of(Marked marked) {
            var progress = marked.progress();
            return new MarkedBody(
                    new LessonBody(marked.lesson(), marked.status(), marked.positionSeconds()),
                    new CourseBody(
                            marked.courseSlug(),
                            progress.completed(),
                            progress.total(),
                            progress.percent()),
                    marked.revision());
        }
    }

    /**
     * What came of one mark.
     *
     * @param problem why it was not kept; null when it was
     */
    record BatchAnswer(UUID lessonId, boolean kept, @Nullable String problem) {}

    record BatchAnswers(List<BatchAnswer> items) {}

    @PutMapping("/api/v1/me/lessons/{lessonId}/progress")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "markLesson",
            summary = "Mark a lesson as started or completed",
            description =
                    "Repeating it changes nothing. A completed lesson stays completed. The numbers"
                            + " of the course are counted when asked.")
    MarkedBody mark(@PathVariable UUID lessonId, @Valid @RequestBody MarkBody body) {
        int seconds = body.positionSeconds() == null ? 0 : body.positionSeconds();
        return MarkedBody.of(
                progress.mark(new LessonMark(lessonId, body.status(), seconds, clock.instant())));
    }

    @PostMapping("/api/v1/me/progress-batches")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "sendProgressBatch",
            summary = "Send the marks that a device kept while it was offline",
            description = "Each mark says when it was made; a later one wins, completed stays.")
    BatchAnswers batch(@Valid @RequestBody BatchBody body) {
        var marks =
                body.items().stream()
                        .map(item ->
                                new LessonMark(
                                        item.lessonId(),
                                        item.status(),
                                        item.positionSeconds() == null ? 0 : item.positionSeconds(),
                                        item.at() == null ? clock.instant() : item.at()))
                        .toList();
        return new BatchAnswers(progress.markAll(marks).stream().map(ProgressApi::answer).toList());
    }

    private static BatchAnswer answer(Progress.Result result) {
        return switch (result) {
            case Progress.Result.Kept(var marked) -> new BatchAnswer(marked.lesson(), true, null);
            case Progress.Result.Refused(var mark, var reason) ->
                    new BatchAnswer(mark.lesson(), false, reason);
        };
    }

    @GetMapping("/api/v1/me/events")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "streamMyEvents",
            summary = "Hear what happens, as server-sent events",
            description = "Events are named `progress` and `notification`.")
    @ApiResponse(
            responseCode = "200",
            description = "A stream that stays open",
            content = @Content(mediaType = "text/event-stream", schema = @Schema(type = "string")))
    void events(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        streams.open(request, response);
    }
}
