package org.stoa.catalog.files;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.stoa.catalog.people.StaffWho;
import org.stoa.media.Uploads;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** A draft's files, as JSON. */
@RestController
@Tag(name = "Studio")
class FilesApi {
    private final CourseFiles files;

    FilesApi(CourseFiles files) {
        this.files = files;
    }

    /**
     * A file of a draft.
     *
     * @param reference what a lesson writes to show it or link to it
     * @param href where its authors find it
     * @param width 0 where it is no picture made of pixels
     */
    record FileBody(
            String path,
            String name,
            String reference,
            String href,
            String mediaType,
            long size,
            int width,
            int height,
            boolean picture,
            boolean used) {
        static FileBody of(CourseFile file) {
            var media = file.media();
            return new FileBody(
                    file.path(),
                    file.name(),
                    "file:" + file.path(),
                    media.alone(file.name()),
                    media.mediaType(),
                    media.size(),
                    media.width(),
                    media.height(),
                    media.mediaType().startsWith("image/"),
                    file.used());
        }
    }

    /**
     * All of them.
     *
     * @param largest how many bytes one more may have
     */
    record FileList(List<FileBody> items, @Nullable String nextCursor, long largest) {}

    /**
     * Which picture is the cover.
     *
     * @param path empty for none
     */
    record CoverBody(@NotNull String path) {}

    @GetMapping("/api/v1/courses/{slug}/files")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    @Operation(operationId = "listFiles", summary = "List a draft's files")
    FileList list(@PathVariable String slug) {
        return new FileList(
                files.of(slug).stream().map(FileBody::of).toList(), null, files.largest());
    }

    @PostMapping(
            value = "/api/v1/courses/{slug}/files",
            consumes = "application/octet-stream",
            produces = "application/json")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(
            operationId = "addFile",
            summary = "Upload a file for a draft's lessons",
            description =
                    "The body is the file. What it is, its bytes say; pictures are offered to"
                            + " learners in smaller sizes, turned upright and without what a camera"
                            + " wrote into them. The same file again under the same name is the one"
                            + " that is there.",
            requestBody =
                    @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/octet-stream",
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(responseCode = "201", description = "Kept")
    ResponseEntity<FileBody> add(
            @PathVariable String slug,
            @Parameter(description = "What it is called", example = "porch.jpg") @RequestParam
                    String name,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException {
        try {
            var added =
                    FileBody.of(
                            files.add(
                                    slug,
                                    name,
                                    request.getContentLengthLong(),
                                    request.getInputStream()));
            return ResponseEntity.created(URI.create(added.href())).body(added);
        } catch (Uploads.Refused e) {
            // What is still on its way is not read.
            response.setHeader(HttpHeaders.CONNECTION, "close");
            throw new ResponseStatusException(
                    e.tooLarge() ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.INSUFFICIENT_STORAGE,
                    e.getMessage(),
                    e);
        }
    }

    @DeleteMapping("/api/v1/courses/{slug}/files")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(
            operationId = "removeFile",
            summary = "Remove a file from a draft",
            description = "One that no lesson uses. Releases that show it still do.")
    @ApiResponse(responseCode = "204", description = "Removed")
    ResponseEntity<Void> remove(
            @PathVariable String slug,
            @Parameter(example = "files/porch.jpg") @RequestParam String path) {
        files.remove(slug, path);
        return ResponseEntity.noContent().build();
    }

    @PutMapping("/api/v1/courses/{slug}/cover")
    @Allowed(value = Who.TEACHER, of = StaffWho.Edit.class)
    @Operation(
            operationId = "setCover",
            summary = "Choose a draft's cover",
            description = "One of its pictures, by path; an empty one for the drawn cover.")
    @ApiResponse(responseCode = "204", description = "Chosen")
    ResponseEntity<Void> cover(
            @PathVariable String slug,
            @Valid @org.springframework.web.bind.annotation.RequestBody CoverBody body) {
        files.cover(slug, body.path());
        return ResponseEntity.noContent().build();
    }
}
