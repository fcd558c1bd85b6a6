package org.stoa.identity.imports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.identity.imports.MemberImports.Outcome;
import org.stoa.identity.imports.MemberImports.Report;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Lists of people, as CSV in and JSON out. */
@RestController
@Tag(name = "Members")
class MemberImportApi {
    private final MemberImports imports;
    private final Hosts hosts;

    MemberImportApi(MemberImports imports, Hosts hosts) {
        this.imports = imports;
        this.hosts = hosts;
    }

    /**
     * @param line from 1, as an editor counts them
     * @param outcome {@code added}, {@code here-already} or {@code wrong}
     * @param message why, where there is something to say
     */
    record LineBody(
            int line, String name, String email, String role, String outcome, String message) {}

    record ReportBody(
            boolean kept, String encoding, int added, int here, int wrong, List<LineBody> lines) {}

    record LinkBody(String name, String email, String role, String link) {}

    record LinkList(List<LinkBody> items) {}

    @PostMapping(value = "/api/v1/member-imports", consumes = "text/csv")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "importMembers",
            summary = "Bring a list of people in",
            description =
                    "CSV of at most 10,000 lines and 1 MB, separated by commas, semicolons or tabs,"
                            + " in UTF-8, UTF-16 or Windows-1252. The first line names the columns"
                            + " `name`, `email` and, unless all are students, `role`. With"
                            + " `dryRun=true` nothing is kept, and the report says what would come of"
                            + " each line. Else all of it is kept, or, where a line is wrong, nothing."
                            + " New accounts have no password: hand out the links that"
                            + " `POST /api/v1/member-links` gives.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "text/csv",
                                            schema = @Schema(type = "string"))))
    @ApiResponse(responseCode = "201", description = "All of it was kept")
    @ApiResponse(
            responseCode = "200",
            description = "What would come of it",
            content = @Content(schema = @Schema(implementation = ReportBody.class)))
    ResponseEntity<ReportBody> bring(
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestBody(required = false) byte[] list) {
        var bytes = list == null ? new byte[0] : list;
        return dryRun
                ? ResponseEntity.ok(body(imports.look(bytes), false))
                : ResponseEntity.status(HttpStatus.CREATED).body(body(imports.bring(bytes), true));
    }

    @PostMapping("/api/v1/member-links")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "linkMembers",
            summary = "Make the links of those who were brought in",
            description =
                    "A new link for each person of a list who has not followed theirs; those handed"
                            + " out before stop to hold. They are told this once.")
    LinkList links(@Parameter(hidden = true) HttpServletRequest request) {
        var site =
                hosts.address(
                        Caller.current().school(), request.getScheme(), request.getServerPort());
        return new LinkList(
                imports.links().stream()
                        .map(it ->
                                new LinkBody(
                                        it.name(),
                                        it.email(),
                                        it.role(),
                                        site + "/invited/" + it.token()))
                        .toList());
    }

    private static ReportBody body(Report report, boolean kept) {
        return new ReportBody(
                kept,
                report.encoding(),
                report.count(Outcome.ADDED),
                report.count(Outcome.HERE_ALREADY),
                report.count(Outcome.WRONG),
                report.lines().stream()
                        .map(it ->
                                new LineBody(
                                        it.line(),
                                        it.name(),
                                        it.email(),
                                        it.role(),
                                        it.outcome().word(),
                                        it.words()))
                        .toList());
    }
}
