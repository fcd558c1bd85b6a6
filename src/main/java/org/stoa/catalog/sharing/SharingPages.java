package org.stoa.catalog.sharing;

import static org.stoa.shared.Words.say;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.util.HtmlUtils;
import org.stoa.catalog.Catalog;
import org.stoa.catalog.Release;
import org.stoa.catalog.Releases;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What search engines ask for, and the pictures of courses whose addresses are shared. */
@Controller
class SharingPages {
    // What one sitemap may hold, by sitemaps.org.
    private static final int MOST_ADDRESSES = 50_000;
    private static final long MOST_BYTES = 16L * 1024 * 1024;
    private static final CacheControl FOR_A_DAY =
            CacheControl.maxAge(Duration.ofDays(1)).cachePublic();
    private static final CacheControl FOR_AN_HOUR =
            CacheControl.maxAge(Duration.ofHours(1)).cachePublic();

    private final Catalog catalog;
    private final Releases releases;
    private final SocialCard card;
    private final Hosts hosts;
    private final Cache<UUID, byte[]> drawn =
            Caffeine.newBuilder()
                    .maximumWeight(MOST_BYTES)
                    .weigher((UUID release, byte[] png) -> png.length)
                    .build();

    SharingPages(Catalog catalog, Releases releases, SocialCard card, Hosts hosts) {
        this.catalog = catalog;
        this.releases = releases;
        this.card = card;
        this.hosts = hosts;
    }

    @GetMapping("/robots.txt")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    ResponseEntity<byte[]> robots(HttpServletRequest request) {
        var text =
                """
                User-agent: *
                Disallow: /account
                Disallow: /admin/
                Disallow: /api/v1/
                Disallow: /fragments/
                Disallow: /sign-in
                Disallow: /sign-up
                Disallow: /studio

                Sitemap: %s/sitemap.xml
                """
                        .formatted(site(request));
        return ResponseEntity.ok()
                .cacheControl(FOR_AN_HOUR)
                .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
                .body(text.getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/sitemap.xml")
    @Allowed(value = Who.ANYONE, on = Allowed.Site.BOTH)
    ResponseEntity<byte[]> sitemap(HttpServletRequest request) {
        var site = HtmlUtils.htmlEscape(site(request));
        var xml = new StringBuilder(4_096);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        if (Caller.current().organization() == null) {
            xml.append("<url><loc>").append(site).append("/</loc></url>\n");
        } else {
            xml.append("<url><loc>").append(site).append("/courses</loc></url>\n");
            for (var course : everything()) {
                xml.append("<url><loc>").append(site).append("/courses/").append(course.slug());
                xml.append("</loc><lastmod>").append(course.publishedAt());
                xml.append("</lastmod></url>\n");
            }
        }
        xml.append("</urlset>\n");
        return ResponseEntity.ok()
                .cacheControl(FOR_AN_HOUR)
                .contentType(new MediaType(MediaType.APPLICATION_XML, StandardCharsets.UTF_8))
                .body(xml.toString().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/courses/{slug}/card.png")
    @Allowed(Who.ANYONE)
    ResponseEntity<byte[]> card(@PathVariable String slug) {
        var release =
                releases.current(slug)
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noCourseHere")));
        return ResponseEntity.ok()
                .cacheControl(FOR_A_DAY)
                .eTag('"' + release.id().toString() + '"')
                .contentType(MediaType.IMAGE_PNG)
                .body(drawn.get(release.id(), id -> picture(release)));
    }

    private List<Catalog.Entry> everything() {
        return catalog.page(new Catalog.Filter("", "", "", ""), null, MOST_ADDRESSES - 1).items();
    }

    private byte[] picture(Release release) {
        return card.draw(release.slug(), release.title(), Caller.current().school().name());
    }

    private String site(HttpServletRequest request) {
        return hosts.address(
                Caller.current().organization(), request.getScheme(), request.getServerPort());
    }
}
