package org.stoa.catalog;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.server.ResponseStatusException;
import org.stoa.catalog.CourseImports.Imported;
import org.stoa.catalog.people.StaffWho;
import org.stoa.shared.Problem;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Courses in and out, as zips. */
@RestController
@Tag(name = "Courses")
class CourseImportApi {
    static final long MOST_BYTES = 512L << 20;

    private final CourseImports imports;
    private final CourseExports exports;

    CourseImportApi(CourseImports imports, CourseExports exports) {
        this.imports = imports;
        this.exports = exports;
    }

    record ImportedCourse(String slug, String title) {}

    /**
     * Something to know about.
     *
     * @param file its path in the zip; empty for the whole course
     * @param line from 1; null where no one line is meant
     */
    record FindingBody(String file, @Nullable Integer line, String message) {}

    record ImportBody(ImportedCourse course, List<FindingBody> report) {
        static ImportBody of(Imported imported) {
            return new ImportBody(
                    new ImportedCourse(imported.slug(), imported.title()),
                    imported.report().stream()
                            .map(it -> new FindingBody(it.file(), it.line(), it.message()))
                            .toList());
        }
    }

    @PostMapping(
            value = "/api/v1/course-imports",
            consumes = {
                "application/zip",
                MediaType.APPLICATION_OCTET_STREAM_VALUE,
                MediaType.MULTIPART_FORM_DATA_VALUE
            })
    @Allowed(Who.TEACHER)
    @Operation(
            operationId = "importCourse",
            summary = "Import a course from a zip",
            description =
                    "The zip as the body, or as the part `file` of a form; at most 512 MB. The same"
                            + " course again updates its draft, and lessons keep their ids.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/zip",
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(responseCode = "201", description = "The draft, and what to know about it")
    ResponseEntity<ImportBody> bring(@Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        var imported =
                request instanceof MultipartHttpServletRequest form
                        ? fromForm(form)
                        : fromBody(request);
        return ResponseEntity.created(URI.create("/studio/" + imported.slug()))
                .body(ImportBody.of(imported));
    }

    @GetMapping(value = "/api/v1/courses/{slug}/export", produces = "application/zip")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    @Operation(
            operationId = "exportCourse",
            summary = "Export a course as a zip",
            description = "The draft as it is now. Importing the zip gives the same course.")
    @ApiResponse(
            responseCode = "200",
            description = "The zip",
            content =
                    @Content(
                            mediaType = "application/zip",
                            schema = @Schema(type = "string", format = "binary")))
    void export(@PathVariable String slug, @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        StudioPages.send(exports, slug, response);
    }

    private Imported fromForm(MultipartHttpServletRequest form) throws IOException {
        var file = form.getFile("file");
        if (file == null) {
            throw new Problem.Invalid("file", say("imports.part"));
        }
        var name = file.getOriginalFilename();
        try (var content = file.getInputStream()) {
            return bring(content, name == null ? "" : name);
        }
    }

    private Imported fromBody(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > MOST_BYTES) {
            throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
        }
        return bring(request.getInputStream(), "");
    }

    private Imported bring(InputStream content, String name) throws IOException {
        var zip = Files.createTempFile("stoa-import-", ".zip");
        try {
            long size;
            try (var out = Files.newOutputStream(zip)) {
                size = copy(content, out);
            }
            if (size == 0) {
                throw new Problem.Invalid("file", say("imports.nothing"));
            }
            return imports.bring(zip, name);
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private static long copy(InputStream from, OutputStream to) throws IOException {
        var buffer = new byte[1 << 16];
        long size = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            size += read;
            if (size > MOST_BYTES) {
                throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
            }
            to.write(buffer, 0, read);
        }
        return size;
    }
}
