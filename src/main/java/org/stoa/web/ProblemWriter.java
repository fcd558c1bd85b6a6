package org.stoa.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;
import org.stoa.shared.Problem.FieldError;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes what went wrong: a problem document (RFC 9457) with an {@code errors} list for the API, a
 * page for a person.
 */
@Component
public class ProblemWriter {
    private final JsonMapper json;
    private final Pages pages;
    private final Shells shells;

    ProblemWriter(JsonMapper json, Pages pages, Shells shells) {
        this.json = json;
        this.pages = pages;
        this.shells = shells;
    }

    /** Whether a program asks rather than a person. */
    public static boolean wantsJson(HttpServletRequest request) {
        var address = request.getRequestURI();
        // Null where even the first line could not be read.
        if (address == null || address.startsWith("/api/")) {
            return true;
        }
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains("json") && !accept.contains("text/html");
    }

    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String message) {
        write(request, response, status, message, List.of());
    }

    /** A form came without the token that shows it is one of our own, or with an old one. */
    public void outdated(HttpServletRequest request, HttpServletResponse response) {
        if (wantsJson(request)) {
            write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "The CSRF token is missing or old. Send the cookie XSRF-TOKEN again as the"
                            + " header X-XSRF-TOKEN, or use a bearer token.");
            return;
        }
        page(
                request,
                response,
                new ProblemView(
                        HttpStatus.FORBIDDEN.value(),
                        "This page was open too long, or in another sign-in. Go back, reload it"
                                + " and send again.",
                        List.of(),
                        true));
    }

    /** The database is away or too busy. */
    public void away(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        write(
                request,
                response,
                HttpStatus.SERVICE_UNAVAILABLE,
                "The database does not answer just now. Nothing you sent was half-kept; try again"
                        + " in a moment.");
    }

    /**
     * @param errors the wrong fields, empty where no field is to blame
     */
    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String message,
            List<FieldError> errors) {
        if (!wantsJson(request)) {
            page(request, response, new ProblemView(status.value(), message, errors, false));
            return;
        }
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try {
            writeDocument(request, response, status, message, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void page(HttpServletRequest request, HttpServletResponse response, ProblemView view) {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        try {
            pages.write(
                    Page.of("web/problem", shells.plain(request, view.message()), view)
                            .with(HttpStatus.valueOf(view.status())),
                    response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeDocument(
            HttpServletRequest request,
            HttpServletResponse response,
            HttpStatus status,
            String message,
            List<FieldError> errors)
            throws IOException {
        var problem = ProblemDetail.forStatusAndDetail(status, message);
        problem.setTitle(status.getReasonPhrase());
        problem.setInstance(instance(request));
        problem.setProperty("errors", errors);
        var bytes = json.writeValueAsBytes(problem);
        response.setStatus(status.value());
        response.setContentType("application/problem+json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** The address that was called; quoted where it is itself what is wrong. */
    private static @Nullable URI instance(HttpServletRequest request) {
        var address = request.getRequestURI();
        if (address == null) {
            return null;
        }
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            return UriComponentsBuilder.fromPath(address).encode().build().toUri();
        }
    }
}
