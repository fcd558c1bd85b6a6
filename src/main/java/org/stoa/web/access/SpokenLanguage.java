package org.stoa.web.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.stoa.shared.Language;
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;

/**
 * Which language a request is answered in: what the person chose, else what this browser chose (a
 * cookie), else the school's, else the first of the browser's that Stoa speaks, else English.
 */
public final class SpokenLanguage {
    private static final String COOKIE = "lang";
    private static final Duration LIFETIME = Duration.ofDays(365);

    private SpokenLanguage() {}

    static Language of(Caller caller, HttpServletRequest request) {
        if (caller.language() != null) {
            return caller.language();
        }
        var chosen = chosen(request);
        return chosen != null ? chosen : fallback(ofSchool(caller.organization()), request);
    }

    /** The school's; null where it leaves that to the browsers. */
    public static @Nullable Language ofSchool(@Nullable Organization school) {
        return school == null ? null : Language.of(school.language());
    }

    /**
     * What somebody who chose nothing reads.
     *
     * @param ofSchool null where the browser decides
     */
    public static Language fallback(@Nullable Language ofSchool, HttpServletRequest request) {
        if (ofSchool != null) {
            return ofSchool;
        }
        var accepted = Language.accepted(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        return accepted == null ? Language.english() : accepted;
    }

    /**
     * What this browser chose. Kept pages ask this before anything else is known, so the cookies
     * are not taken apart for it.
     */
    public static @Nullable Language chosen(HttpServletRequest request) {
        if (request.getHeader(HttpHeaders.COOKIE) == null) {
            return null;
        }
        var name = SessionCookie.prefix(request) + COOKIE + "=";
        for (var headers = request.getHeaders(HttpHeaders.COOKIE); headers.hasMoreElements(); ) {
            var found = in(headers.nextElement(), name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable Language in(String cookies, String name) {
        int at = cookies.indexOf(name);
        while (at > 0 && cookies.charAt(at - 1) != ' ' && cookies.charAt(at - 1) != ';') {
            at = cookies.indexOf(name, at + 1);
        }
        if (at < 0) {
            return null;
        }
        int from = at + name.length();
        int end = cookies.indexOf(';', from);
        int length = (end < 0 ? cookies.length() : end) - from;
        for (var language : Language.all()) {
            if (language.tag().length() == length && cookies.startsWith(language.tag(), from)) {
                return language;
            }
        }
        return null;
    }

    /**
     * Has this browser keep the caller's choice, since pages that are kept for everyone know the
     * browser alone. For answers that are one person's only: another would carry the cookie on.
     */
    public static void remember(HttpServletRequest request, HttpServletResponse response) {
        var caller = Caller.currentOrNull();
        var language = caller == null ? null : caller.language();
        if (language != null
                && request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && chosen(request) != language) {
            choose(language, request, response);
        }
    }

    /**
     * Has this browser keep a choice.
     *
     * @param language null to forget it
     */
    public static void choose(
            @Nullable Language language, HttpServletRequest request, HttpServletResponse response) {
        SessionCookie.write(
                COOKIE,
                request,
                response,
                language == null ? "" : language.tag(),
                language == null ? Duration.ZERO : LIFETIME);
    }

    /** Does the work as this caller, in the language of their request. */
    public static void run(Caller caller, HttpServletRequest request, Runnable work) {
        Words.<@Nullable Void, RuntimeException>in(
                of(caller, request),
                () -> {
                    caller.run(work);
                    return null;
                });
    }
}
