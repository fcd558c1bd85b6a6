package org.stoa.web.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.stoa.web.Assets;
import org.stoa.web.SchoolColours;
import org.stoa.web.ScriptWords;

/** What every answer tells the browser to refuse. */
@Component
@Order(FilterOrder.HEADERS)
public class SecurityHeaders extends OncePerRequestFilter {
    private final Assets assets;
    private final Map<String, String> plain;
    private final Map<String, String> secure;

    SecurityHeaders(@Value("${stoa.host:localhost}") String platform, Assets assets) {
        this.assets = assets;
        // A form may lead on to another site of the installation (a new school, a sign-in that is
        // carried over); browsers hold redirects against form-action too.
        var sites = platform + ":* *." + platform + ":*";
        var policy =
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                        + " frame-ancestors 'none'; form-action 'self' "
                        + sites;
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Security-Policy", policy);
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "strict-origin-when-cross-origin");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        plain = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        headers.put("Strict-Transport-Security", "max-age=31536000");
        secure = Collections.unmodifiableMap(headers);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (assets.has(request.getRequestURI())
                || request.getRequestURI().startsWith(ScriptWords.FOLDER)
                || request.getRequestURI().startsWith(SchoolColours.FOLDER)) {
            // Scripts, styles and fonts of our own: the rest is about pages, and each byte counts.
            response.setHeader("X-Content-Type-Options", "nosniff");
            response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
            chain.doFilter(request, response);
            return;
        }
        of(request.isSecure()).forEach(response::setHeader);
        if (request.getRequestURI().startsWith("/api/v1/")) {
            // What it answers is mostly somebody's own; pages say for themselves who may keep them.
            response.setHeader("Cache-Control", "no-store");
        }
        chain.doFilter(request, response);
    }

    /**
     * Their names and values.
     *
     * @param https whether the request came over it
     */
    public Map<String, String> of(boolean https) {
        return https ? secure : plain;
    }
}
