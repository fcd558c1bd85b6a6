package org.stoa.web.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Signals;
import org.stoa.web.Page;
import org.stoa.web.Pages;

/**
 * Public pages as finished bytes, the same for everyone. A page is valid while its school's version
 * stands; publishing moves the version on every node. An entry also ends by itself after a minute,
 * for the node that missed the news.
 */
@Component
public class CachedPages {
    /** The signal that a school's public pages changed; it carries the organization's id. */
    public static final String CHANGED = "pages";

    private static final long MOST_BYTES = 256L * 1024 * 1024;

    private final Pages pages;
    private final Signals signals;
    private final ConcurrentHashMap<UUID, Long> versions = new ConcurrentHashMap<>();
    private final Cache<String, Kept> kept =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_BYTES)
                    .weigher((String key, Kept one) -> key.length() + one.page().size())
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .build();

    CachedPages(Pages pages, Signals signals) {
        this.pages = pages;
        this.signals = signals;
        signals.listen(CHANGED, text -> versions.merge(UUID.fromString(text), 1L, Long::sum));
    }

    private record Kept(UUID organization, long version, FinishedPage page) {}

    /** Call when what the school shows to everyone has changed; takes effect after the commit. */
    public void changed(UUID organization) {
        signals.send(CHANGED, organization.toString());
    }

    /**
     * Answers with the page and keeps it for the next who asks for the same address.
     *
     * @param page builds it; it may hold nothing personal
     */
    public ResponseEntity<byte[]> answer(HttpServletRequest request, Supplier<Page> page) {
        var organization = Caller.current().school().id();
        long version = version(organization);
        var finished = FinishedPage.of(pages.bytes(page.get()));
        var key = key(request);
        if (key != null) {
            kept.put(key, new Kept(organization, version, finished));
        }
        boolean gzip = FinishedPage.acceptsGzip(request);
        var response =
                ResponseEntity.ok()
                        .header(HttpHeaders.CONTENT_TYPE, FinishedPage.TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, FinishedPage.CACHE_CONTROL)
                        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                        .header(HttpHeaders.ETAG, finished.tag(gzip));
        if (gzip) {
            response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return response.body(finished.bytes(gzip));
    }

    /** The kept page, unless there is none or a token was sent, which may mean nothing here. */
    @Nullable FinishedPage find(HttpServletRequest request) {
        var key = request.getHeader(HttpHeaders.AUTHORIZATION) == null ? key(request) : null;
        var one = key == null ? null : kept.getIfPresent(key);
        return one == null || one.version() != version(one.organization()) ? null : one.page();
    }

    private long version(UUID organization) {
        return versions.getOrDefault(organization, 0L);
    }

    private static @Nullable String key(HttpServletRequest request) {
        var host = request.getHeader(HttpHeaders.HOST);
        if (host == null) {
            return null;
        }
        var query = request.getQueryString();
        var path = request.getRequestURI();
        return host.toLowerCase(Locale.ROOT) + path + (query == null ? "" : "?" + query);
    }
}
