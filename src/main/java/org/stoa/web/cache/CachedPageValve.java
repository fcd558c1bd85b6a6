package org.stoa.web.cache;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpHeaders;
import org.stoa.web.access.SecurityHeaders;

/** Answers with a kept page before anything else is asked; not even a filter stands before it. */
final class CachedPageValve extends ValveBase {
    private final CachedPages pages;
    private final SecurityHeaders headers;

    CachedPageValve(CachedPages pages, SecurityHeaders headers) {
        super(true);
        this.pages = pages;
        this.headers = headers;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        boolean get = request.getMethod().equals("GET");
        var page = get || request.getMethod().equals("HEAD") ? pages.find(request) : null;
        if (page == null) {
            getNext().invoke(request, response);
            return;
        }
        boolean gzip = FinishedPage.acceptsGzip(request);
        headers.write(request, response);
        response.setHeader(HttpHeaders.CACHE_CONTROL, FinishedPage.CACHE_CONTROL);
        response.setHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        response.setHeader(HttpHeaders.ETAG, page.tag(gzip));
        var known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && (known.equals("*") || known.contains(page.tag(gzip)))) {
            response.setStatus(Response.SC_NOT_MODIFIED);
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
