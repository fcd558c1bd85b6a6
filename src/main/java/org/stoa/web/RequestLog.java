package org.stoa.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.stoa.shared.Ids;
import org.stoa.web.access.FilterOrder;

/** One line for each request, with its id, school, person, route, status and duration. */
@Component
@Order(FilterOrder.LOG)
class RequestLog extends OncePerRequestFilter {
    private static final Logger log = LoggerFactory.getLogger("org.stoa.request");
    private static final int SERVER_ERROR = 500;

    private final Ids ids;
    private final Assets assets;

    RequestLog(Ids ids, Assets assets) {
        this.ids = ids;
        this.assets = assets;
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
                    .log("{} {}", request.getMethod(), request.getRequestURI());
            MDC.clear();
        }
    }
}
