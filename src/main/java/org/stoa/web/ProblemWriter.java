package org.stoa.web;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;
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
            write(request, response, HttpStatus.FORBIDDEN, say("problem.csrf"));
            return;
        }
        page(
                request,
                response,
                new ProblemView(
                        HttpStatus.FORBIDDEN.value(),
                        say("problem.openTooLong"),
                        List.of(),
                        true,
                        person()));
    }

    /** The database is away or too busy. */
    public void away(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        write(request, response, HttpStatus.SERVICE_UNAVAILABLE, say("problem.databaseAway"));
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
            page(
                    request,
                    response,
                    new ProblemView(status.value(), message, errors, false, person()));
            return;
        }
        try {
            send(response, status, document(request, status, message, errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With {@code checkoutUrl}, and as {@code offer} what it costs; a person is sent there. */
    void owed(
            HttpServletRequest request,
            HttpServletResponse response,
            Problem.PaymentRequired owed) {
        var status = HttpStatus.PAYMENT_REQUIRED;
        var message = String.valueOf(owed.getMessage());
        if (!wantsJson(request)) {
            write(request, response, status, message);
            return;
        }
        var address =
                owed.address().startsWith("/")
                        ? ServletUriComponentsBuilder.fromContextPath(request)
                                .path(owed.address())
                                .toUriString()
                        : owed.address();
        var problem = document(request, status, message, List.of());
        problem.setProperty("checkoutUrl", address);
        problem.setProperty(
                "offer",
                Map.of("amount", owed.price().amount(), "currency", owed.price().currency()));
        try {
            send(response, status, problem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String person() {
        var caller = Caller.currentOrNull();
        return caller == null || !caller.signedIn() ? "" : caller.name();
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

    private static ProblemDetail document(
            HttpServletRequest request,
            HttpStatus status,
            String message,
            List<FieldError> errors) {
        var problem = ProblemDetail.forStatusAndDetail(status, message);
        problem.setTitle(status.getReasonPhrase());
        problem.setInstance(instance(request));
        problem.setProperty("errors", errors);
        return problem;
    }

    private void send(HttpServletResponse response, HttpStatus status, ProblemDetail problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var bytes = json.writeValueAsBytes(problem);
        response.setStatus(status.value());
        response.setContentType("application/problem+json");
        response.setHeader(HttpHeaders.CONTENT_LANGUAGE, Words.language().tag());
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
