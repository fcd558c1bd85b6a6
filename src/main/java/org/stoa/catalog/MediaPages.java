package org.stoa.catalog;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Pictures, sounds, films and other files of courses, in whole or in ranges. */
@Controller
class MediaPages {
    private static final CacheControl FOREVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final CourseFileStore store;
    private final MediaFiles files;

    MediaPages(CourseFileStore store, MediaFiles files) {
        this.store = store;
        this.files = files;
    }

    @GetMapping("/media/{sha256:[0-9a-f]{64}}/{name}")
    @Allowed(Who.ANYONE)
    ResponseEntity<Resource> file(
            @PathVariable String sha256, @PathVariable String name, HttpServletResponse response) {
        var type =
                store.mediaType(sha256)
                        .orElseThrow(() -> new Problem.NotFound("There is no such file."));
        var file = new FileSystemResource(files.path(Caller.current().school().id(), sha256));
        if (!file.exists()) {
            throw new Problem.NotFound("There is no such file.");
        }
        if (isolated(type)) {
            // On the response: the entity's headers would be added to those already set.
            response.setHeader(
                    "Content-Security-Policy",
                    "sandbox; default-src 'none'; style-src 'unsafe-inline'");
        }
        var answer =
                ResponseEntity.ok()
                        .cacheControl(FOREVER)
                        .eTag('"' + sha256 + '"')
                        .contentType(contentType(type));
        if (!shown(type)) {
            answer.header(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(name, StandardCharsets.UTF_8)
                            .build()
                            .toString());
        }
        return answer.body(file);
    }

    /** An SVG can carry scripts; what is saved rather than shown has no business here either. */
    private static boolean isolated(String type) {
        return type.equals("image/svg+xml") || !shown(type);
    }

    private static boolean shown(String type) {
        return type.startsWith("image/")
                || type.startsWith("video/")
                || type.startsWith("audio/")
                || type.equals("application/pdf")
                || type.equals("text/plain");
    }

    private static MediaType contentType(String type) {
        var parsed = MediaType.parseMediaType(type);
        return parsed.getType().equals("text")
                ? new MediaType(parsed, StandardCharsets.UTF_8)
                : parsed;
    }
}
