package org.stoa.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/** Pages that are asked for before they are opened, because a pointer comes near their link. */
public final class Ahead {
    private Ahead() {}

    /**
     * Lets the browser keep one person's page for the moment until it is opened; without this it is
     * asked for twice. It is kept under the cookies it was asked with: whoever is signed in
     * otherwise, or not at all, does not get it, and neither does somebody who finished a lesson in
     * between, since the page's script then sets a cookie of its own.
     */
    public static void keep(HttpServletRequest request, HttpServletResponse response) {
        var purpose = request.getHeader("Sec-Purpose");
        if (purpose != null && purpose.startsWith("prefetch")) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=60");
            response.addHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
        }
    }
}
