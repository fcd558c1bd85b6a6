package org.stoa.catalog;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.catalog.prices.CoursePrices;
import org.stoa.media.WebPicture;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;
import org.stoa.web.cache.CachedPages;

/** The catalog, the search and the course page: the same for everyone who asks. */
@Controller
public class CatalogPages {
    private static final int PER_PAGE = 12;
    private static final int SUGGESTED = 5;
    private static final Set<String> PARAMETERS = Set.of("q", "category", "tag", "level", "cursor");

    private final Catalog catalog;
    private final Releases releases;
    private final CoursePrices prices;
    private final CachedPages cachedPages;
    private final Shells shells;
    private final Clock clock;

    CatalogPages(
            Catalog catalog,
            Releases releases,
            CoursePrices prices,
            CachedPages cachedPages,
            Shells shells,
            Clock clock) {
        this.clock = clock;
        this.catalog = catalog;
        this.releases = releases;
        this.prices = prices;
        this.cachedPages = cachedPages;
        this.shells = shells;
    }

    /**
     * {@code catalog/catalog}.
     *
     * @param q the words looked for, empty for none
     * @param category the chosen one, empty for all; the same for tag and level
     * @param everything how many courses the school has published
     * @param found how many of them fit
     * @param courses this page of them, 12 unless fewer
     * @param lessons lessons that fit {@code q}; empty without it
     * @param next cursor of the next page; null on the last
     */
    public record CatalogView(
            String q,
            String category,
            String tag,
            String level,
            List<Facet> categories,
            List<Facet> tags,
            List<Facet> levels,
            int everything,
            int found,
            List<Card> courses,
            List<LessonHit> lessons,
            @Nullable String next) {}

    /** A value to filter by, and how many courses have it. */
    public record Facet(String name, int count) {}

    /**
     * A course among others.
     *
     * @param modules how many lessons of each module count
     * @param price as it is shown: {@code Free}, {@code €49}
     */
    public record Card(
            String slug,
            String title,
            String summary,
            String category,
            String level,
            int lessons,
            List<Integer> modules,
            int minutes,
            String price,
            @Nullable WebPicture cover,
            Catalog.Entrance entrance) {}

    /**
     * A lesson that fits what was looked for.
     *
     * @param number as it stands in the outline: {@code 3.3}
     * @param passage the words around the match; matches stand between the marks that {@link
     *     org.stoa.web.Marked} reads; empty when only the title fits
     */
    public record LessonHit(
            String courseSlug,
            String courseTitle,
            String number,
            String slug,
            String title,
            int minutes,
            String passage) {}

    /** {@code catalog/search}, the fragment under the search box. */
    public record SearchView(String q, List<Card> courses, List<LessonHit> lessons) {}

    /**
     * {@code catalog/course}.
     *
     * @param language its BCP 47 tag
     * @param release number of the release shown
     * @param note what its authors say is new in it; may be empty
     * @param prices as they are shown, {@code €49}; none where it is free
     * @param strokes how many lessons of each module count
     */
    public record CourseView(
            String slug,
            String title,
            String summary,
            String category,
            String level,
            String language,
            List<String> tags,
            List<String> outcomes,
            String audience,
            List<String> teachers,
            int release,
            Instant publishedAt,
            String note,
            List<String> prices,
            @Nullable WebPicture cover,
            List<Integer> strokes,
            List<Module> modules) {
        /** Of the first who teaches it; empty where nobody is named. */
        public String initials() {
            var letters = new StringBuilder();
            var words = teachers.isEmpty() ? "" : teachers.getFirst().strip();
            for (var word : words.split("\\s+", 3)) {
                if (!word.isEmpty() && letters.codePointCount(0, letters.length()) < 2) {
                    letters.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
                }
            }
            return letters.toString();
        }

        public int lessons() {
            return modules.stream().mapToInt(m -> m.lessons().size()).sum();
        }

        public int minutes() {
            return modules.stream().mapToInt(Module::minutes).sum();
        }
    }

    /** A part of a course's outline. */
    public record Module(String title, List<Lesson> lessons) {
        public int minutes() {
            return lessons.stream().mapToInt(Lesson::minutes).sum();
        }
    }

    /**
     * A line of the outline.
     *
     * @param counts towards the end of the course
     * @param taste anyone may read it
     * @param opensAt on which date it opens to learners; null where none is set or it has passed
     * @param opensAfterDays how many days after somebody joined; null at once
     * @param after the numbers of the lessons that come first: {@code 1.1}
     */
    public record Lesson(
            UUID id,
            String slug,
            String title,
            int minutes,
            boolean counts,
            boolean taste,
            @Nullable Instant opensAt,
            @Nullable Integer opensAfterDays,
            List<String> after) {}

    /**
     * {@code catalog/taste}: a lesson that anyone may read.
     *
     * @param number as it stands in the outline: {@code 3.3}
     * @param html rendered and sanitized when it was published
     * @param language the course's, a BCP 47 tag
     */
    public record TasteView(
            String courseSlug,
            String courseTitle,
            String module,
            int moduleNumber,
            String number,
            String title,
            int minutes,
            String html,
            String language) {}

    @GetMapping("/courses")
    @Allowed(Who.ANYONE)
    Object catalog(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        var filter = new Catalog.Filter(q, category, tag, level);
        // Words are typed in endless variety; only the pages that many ask for are worth keeping.
        if (q.isBlank() && PARAMETERS.containsAll(request.getParameterMap().keySet())) {
            return cachedPages.answer(request, () -> page(filter, cursor, request));
        }
        return page(filter, cursor, request);
    }

    @GetMapping("/courses/{slug}")
    @Allowed(Who.ANYONE)
    Object course(@PathVariable String slug, HttpServletRequest request) {
        // Parameters that nobody knows would fill the kept pages with the same one.
        return request.getQueryString() == null
                ? cachedPages.answer(request, () -> course(current(slug), request))
                : course(current(slug), request);
    }

    /** A lesson for a taste. Learners read it in the player, where their place is kept. */
    @GetMapping("/courses/{slug}/lessons/{lesson}")
    @Allowed(Who.ANYONE)
    Object taste(
            @PathVariable String slug, @PathVariable String lesson, HttpServletRequest request) {
        return request.getQueryString() == null
                ? cachedPages.answer(request, () -> taste(current(slug), lesson, request))
                : taste(current(slug), lesson, request);
    }

    private Page taste(Release release, String slug, HttpServletRequest request) {
        var lesson =
                release.lesson(slug)
                        .filter(it -> it.rules().taste())
                        .orElseThrow(() -> new Problem.NotFound(say("learn.taste.none")));
        var view =
                new TasteView(
                        release.slug(),
                        release.title(),
                        release.modules().get(lesson.moduleIndex()).title(),
                        lesson.moduleIndex() + 1,
                        lesson.number(),
                        lesson.title(),
                        lesson.minutes(),
                        releases.body(release, lesson.id()).html(),
                        release.document().language());
        return Page.of("catalog/taste", shells.shared(request, lesson.title(), "catalog"), view);
    }

    @GetMapping("/fragments/search")
    @Allowed(Who.ANYONE)
    Page search(@RequestParam(defaultValue = "") String q) {
        var filter = new Catalog.Filter(q, "", "", "");
        boolean asked = !filter.q().isEmpty();
        return Page.fragment(
                "catalog/search",
                new SearchView(
                        filter.q(),
                        asked
                                ? catalog.page(filter, null, SUGGESTED).items().stream()
                                        .map(CatalogPages::card)
                                        .toList()
                                : List.of(),
                        hits(filter.q())));
    }

    private Page page(Catalog.Filter filter, @Nullable String cursor, HttpServletRequest request) {
        var facets = catalog.facets(filter);
        var page = catalog.page(filter, cursor, PER_PAGE);
        var view =
                new CatalogView(
                        filter.q(),
                        filter.category(),
                        filter.tag(),
                        filter.level(),
                        facets(facets, "category"),
                        facets(facets, "tag"),
                        facets(facets, "level"),
                        count(facets, "everything"),
                        count(facets, "found"),
                        page.items().stream().map(CatalogPages::card).toList(),
                        cursor == null ? hits(filter.q()) : List.of(),
                        page.nextCursor());
        return Page.of(
                "catalog/catalog", shells.shared(request, say("page.catalog"), "catalog"), view);
    }

    private Page course(Release release, HttpServletRequest request) {
        var document = release.document();
        var view =
                new CourseView(
                        release.slug(),
                        document.title(),
                        document.summary(),
                        document.category(),
                        document.level(),
                        document.language(),
                        document.tags(),
                        document.outcomes(),
                        document.audience(),
                        document.teachers(),
                        release.number(),
                        release.publishedAt(),
                        release.note(),
                        prices.of(release.courseId()).stream().map(Money::said).toList(),
                        document.cover(),
                        release.strokes(),
                        release.modules().stream()
                                .map(m ->
                                        new Module(
                                                m.title(),
                                                m.lessons().stream()
                                                        .map(it -> lesson(release, it))
                                                        .toList()))
                                .toList());
        return Page.of("catalog/course", shells.shared(request, document.title(), "catalog"), view);
    }

    private Release current(String slug) {
        return releases.current(slug).orElseThrow(() -> new Problem.NotFound(say("catalog.gone")));
    }

    private List<LessonHit> hits(String q) {
        return catalog.lessons(q).stream()
                .map(hit ->
                        new LessonHit(
                                hit.courseSlug(),
                                hit.courseTitle(),
                                hit.number(),
                                hit.slug(),
                                hit.title(),
                                hit.minutes(),
                                hit.passage()))
                .toList();
    }

    private Lesson lesson(Release release, ReleaseLesson lesson) {
        var rules = lesson.rules();
        var opens = rules.taste() ? null : rules.opensAt();
        return new Lesson(
                lesson.id(),
                lesson.slug(),
                lesson.title(),
                lesson.minutes(),
                release.counts(lesson),
                rules.taste(),
                opens != null && opens.isAfter(clock.instant()) ? opens : null,
                rules.taste() ? null : rules.opensAfterDays(),
                rules.taste() ? List.of() : release.numbers(rules.after()));
    }

    private static Card card(Catalog.Entry entry) {
        return new Card(
                entry.slug(),
                entry.title(),
                entry.summary(),
                entry.category(),
                entry.level(),
                entry.lessons(),
                entry.modules(),
                entry.minutes(),
                entry.price() == null ? say("learn.free") : entry.price().said(),
                entry.cover(),
                entry.entrance());
    }

    private static List<Facet> facets(List<Catalog.Facet> all, String kind) {
        return all.stream()
                .filter(f -> f.kind().equals(kind))
                .map(f -> new Facet(f.name(), f.courses()))
                .toList();
    }

    private static int count(List<Catalog.Facet> all, String kind) {
        return all.stream()
                .filter(f -> f.kind().equals(kind))
                .mapToInt(Catalog.Facet::courses)
                .sum();
    }
}
