package org.stoa.media;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.context.request.ServletWebRequest;
import org.stoa.media.pictures.NoPicture;
import org.stoa.media.pictures.PictureFormat;
import org.stoa.media.storage.Storage;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Pictures, sounds, films and other files of courses, in whole or in ranges. */
@Controller
class MediaPages {
    private static final Duration FOREVER = Duration.ofDays(365);
    private static final String ISOLATED = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

    private final MediaStore store;
    private final Pictures pictures;
    private final Storage storage;

    MediaPages(MediaStore store, Pictures pictures, Storage storage) {
        this.store = store;
        this.pictures = pictures;
        this.storage = storage;
    }

    /** What is sent: the bytes under a name, as what, and under which name to save them. */
    private record Sent(String name, long size, String type, String called, boolean released) {}

    @GetMapping("/media/{sha256:[0-9a-f]{64}}/{name}")
    @Allowed(Who.ANYONE)
    void file(
            @PathVariable String sha256,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var file = find(sha256);
        // A camera writes more into a picture than its author knows; learners get what was made
        // of it.
        if (file.sizes().isPresent() && !Caller.current().isAtLeast(Role.TEACHER)) {
            throw notThere();
        }
        boolean shared = file.released() && file.sizes().isEmpty();
        send(new Sent(sha256, file.size(), file.mediaType(), name, shared), request, response);
    }

    @GetMapping("/media/{sha256:[0-9a-f]{64}}/{width:[0-9]{1,5}}/{name}")
    @Allowed(Who.ANYONE)
    void picture(
            @PathVariable String sha256,
            @PathVariable int width,
            @PathVariable String name,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var file = find(sha256);
        var wanted =
                PictureFormat.ofEnding(FileTypes.ending(name)).orElseThrow(MediaPages::notThere);
        if (file.sizes().filter(it -> it.has(width, wanted)).isEmpty()) {
            throw notThere();
        }
        Pictures.Made made;
        try {
            made = pictures.picture(Caller.current().school().id(), file, width, wanted);
        } catch (NoPicture | FileNotFoundException e) {
            throw notThere();
        }
        send(
                new Sent(
                        made.name(),
                        made.size(),
                        made.format().mediaType(),
                        name,
                        // Another machine may make the better one yet.
                        file.released() && made.format() == wanted),
                request,
                response);
    }

    private MediaFile find(String sha256) {
        return store.find(sha256).orElseThrow(MediaPages::notThere);
    }

    private static Problem.NotFound notThere() {
        return new Problem.NotFound(say("problem.noSuchFile"));
    }

    private void send(Sent sent, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var etag = '"' + sent.name() + '"';
        describe(sent, response);
        var only = request.getHeader(HttpHeaders.IF_MATCH);
        if (only != null && !only.contains(etag) && !only.strip().equals("*")) {
            response.setStatus(HttpStatus.PRECONDITION_FAILED.value());
            return;
        }
        if (new ServletWebRequest(request, response).checkNotModified(etag)) {
            return;
        }
        Optional<ByteRange> part;
        try {
            part = part(request, etag, sent.size());
        } catch (ByteRange.Unsatisfiable e) {
            response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + sent.size());
            response.setHeader(HttpHeaders.CONTENT_DISPOSITION, null);
            response.setStatus(HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE.value());
            return;
        }
        var range = part.orElse(new ByteRange(0, sent.size() - 1));
        if (part.isPresent()) {
            response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
            response.setHeader(
                    HttpHeaders.CONTENT_RANGE,
                    "bytes " + range.from() + "-" + range.to() + "/" + sent.size());
        }
        response.setContentType(type(sent.type()));
        response.setContentLengthLong(range.length());
        if (request.getMethod().equals("HEAD")) {
            return;
        }
        var school = Caller.current().school().id();
        try (var bytes = storage.open(school, sent.name(), range.from(), range.length())) {
            bytes.transferTo(response.getOutputStream());
        } catch (FileNotFoundException e) {
            response.reset();
            throw notThere();
        }
    }

    private static Optional<ByteRange> part(HttpServletRequest request, String etag, long size)
            throws ByteRange.Unsatisfiable {
        var asked = request.getHeader(HttpHeaders.RANGE);
        var only = request.getHeader(HttpHeaders.IF_RANGE);
        if (asked == null || (only != null && !only.equals(etag))) {
            return Optional.empty();
        }
        return ByteRange.of(asked, size);
    }

    private static void describe(Sent sent, HttpServletResponse response) {
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        var forever = CacheControl.maxAge(FOREVER);
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                (sent.released()
                                ? forever.cachePublic().immutable()
                                : CacheControl.noCache().cachePrivate())
                        .getHeaderValue());
        if (isolated(sent.type())) {
            response.setHeader("Content-Security-Policy", ISOLATED);
        }
        if (!FileTypes.shown(sent.type())) {
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(sent.called(), StandardCharsets.UTF_8)
                            .build()
                            .toString());
        }
    }

    /** An SVG can carry scripts; what is saved rather than shown has no business here either. */
    private static boolean isolated(String type) {
        return type.equals(FileTypes.SVG) || !FileTypes.shown(type);
    }

    private static String type(String type) {
        return type.startsWith("text/") ? type + ";charset=UTF-8" : type;
    }
}
