package org.stoa.web.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The cookie that carries a session's secret. Its name has the prefix {@code __Host-}, so that no
 * other host can set it; over plain http a browser would refuse that name, and it goes without.
 */
public final class SessionCookie {
    private static final String NAME = "stoa";

    private SessionCookie() {}

    /** The prefix that fits the request's scheme. */
    public static String prefix(HttpServletRequest request) {
        return request.isSecure() ? "__Host-" : "";
    }

    public static @Nullable String read(HttpServletRequest request) {
        return read(NAME, request);
    }

    /** Another cookie of this host, kept by the same rules. */
    public static @Nullable String read(String plain, HttpServletRequest request) {
        return readExactly(prefix(request) + plain, request);
    }

    /** A cookie by the very name that the browser sends, which another program may have set. */
    static @Nullable String readExactly(String name, HttpServletRequest request) {
        var cookies = request.getCookies();
        if (cookies == null) {
            return null;
        }
        for (var cookie : cookies) {
            if (cookie.getName().equals(name) && !cookie.getValue().isEmpty()) {
                return cookie.getValue();
            }
        }
        return null;
    }

    public static void write(
            HttpServletRequest request,
            HttpServletResponse response,
            String secret,
            Duration lifetime) {
        write(NAME, request, response, secret, lifetime);
    }

    /** Another cookie of this host, kept by the same rules. */
    public static void write(
            String plain,
            HttpServletRequest request,
            HttpServletResponse response,
            String secret,
            Duration lifetime) {
        var cookie =
                ResponseCookie.from(prefix(request) + plain, secret)
                        .path("/")
                        .httpOnly(true)
                        .secure(request.isSecure())
                        .sameSite("Lax")
                        .maxAge(lifetime)
                        .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    public static void clear(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", Duration.ZERO);
    }
}
