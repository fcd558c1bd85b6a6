package org.stoa.web.repeat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.stoa.tenancy.Caller;
import org.stoa.web.ProblemWriter;

/**
 * Gives a write that carries an {@code Idempotency-Key} the answer that the same write got before
 * (draft-ietf-httpapi-idempotency-key-header). Keys are the person's own and kept for a day at
 * least; answers of 500 and above are not kept, so that the call can be tried again.
 */
@Component
@Order(IdempotencyFilter.AFTER_SECURITY)
class IdempotencyFilter extends OncePerRequestFilter {
    // Spring Security's chain, in which the caller is bound, stands at -100.
    static final int AFTER_SECURITY = -50;

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Duration ABANDONED = Duration.ofMinutes(1);
    private static final int LONGEST_KEY = 255;
    private static final int LARGEST_BODY = 1024 * 1024;

    private final IdempotencyStore store;
    private final ProblemWriter problems;
    private final Clock clock;

    IdempotencyFilter(IdempotencyStore store, ProblemWriter problems, Clock clock) {
        this.store = store;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var caller = Caller.currentOrNull();
        return request.getHeader("Idempotency-Key") == null
                || !WRITES.contains(request.getMethod())
                || !request.getRequestURI().startsWith("/api/v1/")
                || caller == null
                || !caller.signedIn()
                || caller.organization() == null;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = request.getHeader("Idempotency-Key");
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            problems.write(
                    request,
                    response,
                    HttpStatus.BAD_REQUEST,
                    "An Idempotency-Key has between 1 and 255 characters.");
            return;
        }
        boolean small = request.getContentLengthLong() <= LARGEST_BODY;
        var repeatable = small ? new KeptBodyRequest(request, LARGEST_BODY) : null;
        var hash = hash(request, repeatable);
        var now = clock.instant();
        if (!store.claim(key, hash, now, now.minus(ABANDONED))) {
            answerAgain(key, hash, request, response);
            return;
        }
        proceed(key, repeatable == null ? request : repeatable, response, chain);
    }

    private void proceed(
            String key, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var kept = new ContentCachingResponseWrapper(response);
        boolean answered = false;
        try {
            chain.doFilter(request, kept);
            answered = kept.getStatus() < HttpStatus.INTERNAL_SERVER_ERROR.value();
            if (answered) {
                store.keep(
                        key, kept.getStatus(), kept.getContentType(), kept.getContentAsByteArray());
            }
        } finally {
            if (!answered) {
                store.release(key);
            }
            kept.copyBodyToResponse();
        }
    }

    private void answerAgain(
            String key, byte[] hash, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var answer = store.find(key).orElse(null);
        if (answer != null && !MessageDigest.isEqual(hash, answer.requestHash())) {
            problems.write(
                    request,
                    response,
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "This Idempotency-Key was used for another call. Take a new one.");
            return;
        }
        if (answer == null || answer.status() == null) {
            problems.write(
                    request,
                    response,
                    HttpStatus.CONFLICT,
                    "The first call with this Idempotency-Key is still being answered.");
            return;
        }
        response.setStatus(answer.status());
        response.setHeader("Idempotency-Replayed", "true");
        if (answer.contentType() != null) {
            response.setContentType(answer.contentType());
        }
        if (answer.body() != null) {
            response.getOutputStream().write(answer.body());
        }
    }

    private static byte[] hash(HttpServletRequest request, @Nullable KeptBodyRequest body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var call = request.getMethod() + " " + request.getRequestURI();
            digest.update(call.getBytes(StandardCharsets.UTF_8));
            if (body != null) {
                digest.update(body.bytes());
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
