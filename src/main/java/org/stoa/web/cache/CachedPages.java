package org.stoa.web.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.stoa.shared.Language;
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Signals;
import org.stoa.web.Page;
import org.stoa.web.Pages;
import org.stoa.web.access.SpokenLanguage;

/**
 * Public pages as finished bytes, the same for everyone who reads their language. A page is valid
 * while its school's version stands; publishing moves the version on every node. An entry also ends
 * by itself after a minute, for the node that missed the news.
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
                    .weigher((String key, Kept one) -> key.length() + one.size())
                    // A second language does not prolong the first.
                    .expireAfter(Expiry.creating((String key, Kept one) -> Duration.ofMinutes(1)))
                    .build();

    CachedPages(Pages pages, Signals signals) {
        this.pages = pages;
        this.signals = signals;
        signals.listen(CHANGED, text -> versions.merge(UUID.fromString(text), 1L, Long::sum));
    }

    /**
     * One address.
     *
     * @param usual what those read who chose nothing; null where their browser decides
     * @param pages by the numbers of their languages, null where nobody asked yet
     */
    private record Kept(
            UUID organization,
            long version,
            @Nullable Language usual,
            List<@Nullable FinishedPage> pages) {
        @Nullable FinishedPage page(Language language) {
            return language.number() < pages.size() ? pages.get(language.number()) : null;
        }

        Kept with(Language language, FinishedPage page) {
            var more = new ArrayList<@Nullable FinishedPage>(pages);
            while (more.size() <= language.number()) {
                more.add(null);
            }
            more.set(language.number(), page);
            return new Kept(organization, version, usual, more);
        }

        int size() {
            return pages.stream().mapToInt(page -> page == null ? 0 : page.size()).sum();
        }
    }

    /**
     * A page that was found.
     *
     * @param byBrowser whether it depends on what the browser says its reader reads
     */
    record Found(FinishedPage page, boolean byBrowser) {}

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
        var school = Caller.current().school();
        var usual = SpokenLanguage.ofSchool(school);
        long version = version(school.id());
        var finished = FinishedPage.of(pages.bytes(page.get()));
        var key = key(request);
        if (key != null) {
            var fresh = new Kept(school.id(), version, usual, List.of());
            kept.asMap()
                    .merge(
                            key,
                            fresh.with(Words.language(), finished),
                            (old, one) ->
                                    old.version() == version && old.usual() == usual
                                            ? old.with(Words.language(), finished)
                                            : one);
        }
        boolean gzip = FinishedPage.acceptsGzip(request);
        var response =
                ResponseEntity.ok()
                        .header(HttpHeaders.CONTENT_TYPE, FinishedPage.TYPE)
                        .header(HttpHeaders.CACHE_CONTROL, FinishedPage.CACHE_CONTROL)
                        .header(HttpHeaders.VARY, FinishedPage.vary(usual == null))
                        .header(HttpHeaders.ETAG, finished.tag(gzip));
        if (gzip) {
            response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return response.body(finished.bytes(gzip));
    }

    /** The kept page, unless there is none or a token was sent, which may mean nothing here. */
    @Nullable Found find(HttpServletRequest request) {
        var key = request.getHeader(HttpHeaders.AUTHORIZATION) == null ? key(request) : null;
        var one = key == null ? null : kept.getIfPresent(key);
        if (one == null || one.version() != version(one.organization())) {
            return null;
        }
        var chosen = SpokenLanguage.chosen(request);
        var language = chosen == null ? SpokenLanguage.fallback(one.usual(), request) : chosen;
        var page = one.page(language);
        return page == null ? null : new Found(page, one.usual() == null);
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
