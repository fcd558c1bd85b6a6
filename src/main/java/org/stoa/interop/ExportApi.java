package org.stoa.interop;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.tenancy.Caller;
import org.stoa.web.ProblemWriter;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;
import org.stoa.web.limits.RateLimits;
import org.stoa.web.limits.TooMany;

/** The whole school, for programs that keep copies of it. */
@RestController
@Tag(name = "School")
class ExportApi {
    // Each reads all of the school; a copy an hour is what anybody needs, and a few more for
    // mishaps.
    private static final RateLimits.Rule OF_SCHOOL =
            new RateLimits.Rule("school-export", 20, Duration.ofHours(1));

    private final SchoolExports exports;
    private final RateLimits limits;
    private final ProblemWriter problems;

    ExportApi(SchoolExports exports, RateLimits limits, ProblemWriter problems) {
        this.exports = exports;
        this.limits = limits;
        this.problems = problems;
    }

    @GetMapping(value = "/api/v1/school/export", produces = "application/zip")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "exportSchool",
            summary = "Export the whole school as a zip",
            description =
                    "People without passwords, courses as folders, places and progress as tables:"
                            + " what `./stoa import` brings into another installation. At most 20"
                            + " an hour.")
    @ApiResponse(
            responseCode = "200",
            description = "The zip",
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = "string", format = "binary")))
    void export(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        var school = Caller.current().school();
        var limit = limits.take(OF_SCHOOL, school.id().toString());
        if (!limit.granted()) {
            TooMany.describe(response, limit);
            problems.write(request, response, HttpStatus.TOO_MANY_REQUESTS, say("interop.tooMany"));
            return;
        }
        try (var prepared = exports.prepare()) {
            response.setContentType("application/zip");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader(
                    "Content-Disposition",
                    "attachment; filename=\"" + school.subdomain() + ".zip\"");
            prepared.write(response.getOutputStream());
        }
    }
}
