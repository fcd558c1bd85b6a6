package org.stoa.web.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.shared.Secrets;

/**
 * Ties a sign-in under way to the browser that began it at this host. A code from another host
 * serves only in the browser that holds the cookie, so nobody can be signed in as somebody else by
 * a link that was sent to them (RFC 9700, section 4.7).
 */
@Component
public class ArrivalCookie {
    private static final String NAME = "stoa-arrival";

    /** As long as somebody may take over typing a password. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Secrets secrets;

    ArrivalCookie(Secrets secrets) {
        this.secrets = secrets;
    }

    /** What the code shall be tied to; two tabs of one browser share it. */
    public String begin(HttpServletRequest request, HttpServletResponse response) {
        var kept = SessionCookie.read(NAME, request);
        var secret = kept == null ? secrets.next() : kept;
        SessionCookie.write(NAME, request, response, secret, LIFETIME);
        return tie(secret);
    }

    /** What a code must be tied to in order to serve here; null where no sign-in was begun. */
    public @Nullable String expected(HttpServletRequest request) {
        var secret = SessionCookie.read(NAME, request);
        return secret == null ? null : tie(secret);
    }

    private static String tie(String secret) {
        return HexFormat.of().formatHex(Secrets.fingerprint(secret));
    }
}
