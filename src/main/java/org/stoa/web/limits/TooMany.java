package org.stoa.web.limits;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Writes the headers of a limit (draft-ietf-httpapi-ratelimit-headers) and of its refusal. */
public final class TooMany {
    private TooMany() {}

    /** Says what is left; with {@code Retry-After} when nothing is. */
    public static void describe(HttpServletResponse response, RateLimits.Answer answer) {
        var rule = answer.rule();
        long wait = Math.max(1, answer.retryAfter().plusMillis(999).toSeconds());
        response.setHeader(
                "RateLimit-Policy",
                "\"" + rule.name() + "\";q=" + rule.most() + ";w=" + rule.in().toSeconds());
        response.setHeader(
                "RateLimit",
                "\""
                        + rule.name()
                        + "\";r="
                        + answer.remaining()
                        + ";t="
                        + (answer.granted() ? rule.in().toSeconds() : wait));
        if (!answer.granted()) {
            response.setHeader("Retry-After", Long.toString(wait));
        }
    }

    /**
     * What is thrown where nothing is left, once its headers are written.
     *
     * @param words for whoever asked; null for the general ones
     */
    public static ResponseStatusException refusal(
            HttpServletResponse response, RateLimits.Answer answer, @Nullable String words) {
        describe(response, answer);
        return new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS, words);
    }
}
