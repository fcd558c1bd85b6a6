package org.stoa.web.cache;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.http.MimeHeaders;
import org.springframework.http.HttpHeaders;
import org.stoa.web.access.SecurityHeaders;

/** Answers with a kept page before anything else is asked; not even a filter stands before it. */
final class CachedPageValve extends ValveBase {
    private final CachedPages pages;
    private final List<Header> headers;
    private final List<Header> secureHeaders;
    private final Header vary = Header.of(HttpHeaders.VARY, FinishedPage.vary(false));
    private final Header varyByBrowser = Header.of(HttpHeaders.VARY, FinishedPage.vary(true));

    CachedPageValve(CachedPages pages, SecurityHeaders headers) {
        super(true);
        this.pages = pages;
        this.headers = prepared(headers.of(false));
        secureHeaders = prepared(headers.of(true));
    }

    /** A header as it is sent. */
    private record Header(byte[] name, byte[] value) {
        static Header of(String name, String value) {
            return new Header(
                    name.getBytes(StandardCharsets.ISO_8859_1),
                    value.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** What all kept pages have in common: to encode it for each would cost as much as to send. */
    private static List<Header> prepared(Map<String, String> security) {
        var all = new ArrayList<Header>();
        security.forEach((name, value) -> all.add(Header.of(name, value)));
        all.add(Header.of(HttpHeaders.CACHE_CONTROL, FinishedPage.CACHE_CONTROL));
        return List.copyOf(all);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        boolean get = request.getMethod().equals("GET");
        var found = get || request.getMethod().equals("HEAD") ? pages.find(request) : null;
        if (found == null) {
            getNext().invoke(request, response);
            return;
        }
        var page = found.page();
        boolean gzip = FinishedPage.acceptsGzip(request);
        var sent = response.getCoyoteResponse().getMimeHeaders();
        for (var header : request.isSecure() ? secureHeaders : headers) {
            send(header, sent);
        }
        send(found.byBrowser() ? varyByBrowser : vary, sent);
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

    /** The server writes into these arrays again, so each answer has copies of its own. */
    private static void send(Header header, MimeHeaders sent) {
        sent.addValue(header.name().clone(), 0, header.name().length)
                .setBytes(header.value().clone(), 0, header.value().length);
    }
}
