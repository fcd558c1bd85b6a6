package org.stoa.web.repeat;

import static org.stoa.shared.Words.say;

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
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import org.stoa.tenancy.Caller;
import org.stoa.web.ProblemWriter;
import org.stoa.web.repeat.Seals.Seal;

/**
 * Gives a write that carries an {@code Idempotency-Key} the answer that the same write got before
 * (draft-ietf-httpapi-idempotency-key-header). Keys are the person's own and kept for a day at
 * least; answers of 500 and above are not kept, so that the call can be tried again.
 *
 * <p>Founding a school and signing up belong to nobody yet: what they answered is kept for a day
 * under the whole call, body and all, and only if it was done. Signing in is never answered again:
 * each time the password is checked anew, and a second sign-in does no harm.
 */
@Component
@Order(IdempotencyFilter.AFTER_SECURITY)
class IdempotencyFilter extends OncePerRequestFilter {
    // Spring Security's chain, in which the caller is bound, stands at -100.
    static final int AFTER_SECURITY = -50;

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Set<String> NOBODYS = Set.of("/api/v1/users", "/api/v1/organizations");
    private static final String SIGN_IN = "/api/v1/sessions";
    private static final Duration ABANDONED = Duration.ofMinutes(1);
    private static final int LONGEST_KEY = 255;
    private static final int LARGEST_BODY = 1024 * 1024;

    private final IdempotencyStore store;
    private final SealedAnswerStore sealed;
    private final Seals seals;
    private final ProblemWriter problems;
    private final Clock clock;

    IdempotencyFilter(
            IdempotencyStore store,
            SealedAnswerStore sealed,
            Seals seals,
            ProblemWriter problems,
            Clock clock) {
        this.store = store;
        this.sealed = sealed;
        this.seals = seals;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var caller = Caller.currentOrNull();
        return request.getHeader("Idempotency-Key") == null
                || !WRITES.contains(request.getMethod())
                || !request.getRequestURI().startsWith("/api/v1/")
                || request.getRequestURI().equals(SIGN_IN)
                || caller == null
                || (!nobodys(request) && (!caller.signedIn() || caller.organization() == null));
    }

    private static boolean nobodys(HttpServletRequest request) {
        return request.getMethod().equals("POST") && NOBODYS.contains(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var key = request.getHeader("Idempotency-Key");
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            problems.write(
                    request, response, HttpStatus.BAD_REQUEST, say("problem.idempotency.length"));
            return;
        }
        boolean small = request.getContentLengthLong() <= LARGEST_BODY;
        var repeatable = small ? new KeptBodyRequest(request, LARGEST_BODY) : null;
        if (nobodys(request)) {
            if (repeatable == null) {
                chain.doFilter(request, response);
            } else {
                nobodysCall(seal(key, request, repeatable), repeatable, response, chain);
            }
            return;
        }
        var hash = hash(request, repeatable);
        var now = clock.instant();
        if (!store.claim(key, hash, now, now.minus(ABANDONED))) {
            answerAgain(key, hash, request, response);
            return;
        }
        proceed(key, repeatable == null ? request : repeatable, response, chain);
    }

    private Seal seal(String key, HttpServletRequest request, KeptBodyRequest body) {
        var caller = Caller.current();
        return seals.of(
                body.bytes(),
                caller.organization() == null ? "" : caller.school().id().toString(),
                String.valueOf(caller.person()),
                request.getRequestURI(),
                key);
    }

    private void nobodysCall(
            Seal seal, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var now = clock.instant();
        if (!sealed.claim(seal.name(), now, now.minus(ABANDONED))) {
            var before = sealed.find(seal.name()).orElse(null);
            if (before == null || before.status() == null || before.answer() == null) {
                stillAtWork(request, response);
                return;
            }
            var answer = seals.open(seal, before.answer()).orElseThrow();
            again(response, before.status(), MediaType.APPLICATION_JSON_VALUE, answer);
            return;
        }
        var kept = new ContentCachingResponseWrapper(response);
        boolean done = false;
        try {
            chain.doFilter(request, kept);
            done = HttpStatus.valueOf(kept.getStatus()).is2xxSuccessful();
            if (done) {
                var answer = seals.close(seal, kept.getContentAsByteArray());
                sealed.keep(seal.name(), kept.getStatus(), answer, now);
            }
        } finally {
            if (!done) {
                sealed.release(seal.name());
            }
            kept.copyBodyToResponse();
        }
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
                var answer = seals.close(seals.of(key), kept.getContentAsByteArray());
                store.keep(key, kept.getStatus(), kept.getContentType(), answer);
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
                    say("problem.idempotency.used"));
            return;
        }
        if (answer == null || answer.status() == null) {
            stillAtWork(request, response);
            return;
        }
        var body = answer.body() == null ? null : seals.open(seals.of(key), answer.body());
        if (body != null && body.isEmpty()) {
            // It was closed before the installation's secret changed.
            problems.write(
                    request, response, HttpStatus.CONFLICT, say("problem.idempotency.sealed"));
            return;
        }
        again(
                response,
                answer.status(),
                answer.contentType(),
                body == null ? null : body.orElseThrow());
    }

    private void stillAtWork(HttpServletRequest request, HttpServletResponse response) {
        problems.write(request, response, HttpStatus.CONFLICT, say("problem.idempotency.first"));
    }

    private static void again(
            HttpServletResponse response,
            int status,
            @Nullable String contentType,
            byte @Nullable [] body)
            throws IOException {
        response.setStatus(status);
        response.setHeader("Idempotency-Replayed", "true");
        if (contentType != null) {
            response.setContentType(contentType);
        }
        if (body != null) {
            response.getOutputStream().write(body);
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
