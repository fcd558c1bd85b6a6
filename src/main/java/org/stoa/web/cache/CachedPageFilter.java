package org.stoa.web.cache;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.stoa.web.access.FilterOrder;

/** Answers with a kept page before anything else is asked. */
@Component
@Order(FilterOrder.CACHED_PAGES)
class CachedPageFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private final transient CachedPages pages;

    CachedPageFilter(CachedPages pages) {
        this.pages = pages;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean get = request.getMethod().equals("GET");
        var page = get || request.getMethod().equals("HEAD") ? pages.find(request) : null;
        if (page == null) {
            chain.doFilter(request, response);
            return;
        }
        boolean gzip = FinishedPage.acceptsGzip(request);
        response.setHeader(HttpHeaders.CACHE_CONTROL, FinishedPage.CACHE_CONTROL);
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        response.setHeader(HttpHeaders.ETAG, page.tag(gzip));
        var known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && (known.equals("*") || known.contains(page.tag(gzip)))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        if (gzip) {
            response.setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.setContentType(FinishedPage.TYPE);
        var bytes = page.bytes(gzip);
        response.setContentLength(bytes.length);
        if (get) {
            response.getOutputStream().write(bytes);
        }
    }
}
