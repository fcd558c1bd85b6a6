package org.stoa.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerMapping;
import org.stoa.shared.Ids;
import org.stoa.web.access.FilterOrder;

/** One line for each request, with its id, school, person, route, status and duration. */
@Component
@Order(FilterOrder.LOG)
class RequestLog extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger("org.stoa.request");
    private static final int SERVER_ERROR = 500;

    /** Links that are secrets, where a call was refused before anybody knew its route. */
    private static final Pattern LINK =
            Pattern.compile("^(/(?:reset|confirm|invited|unsubscribe)/)[^/]+");

    private final Ids ids;
    private final Assets assets;

    RequestLog(Ids ids, Assets assets) {
        this.ids = ids;
        this.assets = assets;
    }

    /** What was called, without the secrets that links are. */
    static @Nullable String address(HttpServletRequest request) {
        var route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (route != null && route.toString().contains("{token}")) {
            return route.toString();
        }
        var address = request.getRequestURI();
        return address == null ? null : LINK.matcher(address).replaceFirst("$1…");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long start = System.nanoTime();
        var id = ids.next().toString();
        MDC.put("request", id);
        if (!assets.has(request.getRequestURI())) {
            response.setHeader("X-Request-Id", id);
        }
        try {
            chain.doFilter(request, response);
        } finally {
            int status = response.getStatus();
            (status >= SERVER_ERROR ? log.atWarn() : log.atInfo())
                    .addKeyValue("status", status)
                    .addKeyValue("ms", (System.nanoTime() - start) / 1_000_000)
                    .log("{} {}", request.getMethod(), address(request));
            MDC.clear();
        }
    }
}
