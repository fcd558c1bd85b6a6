package org.stoa.catalog;

import static org.stoa.shared.Words.say;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
import org.stoa.catalog.prices.CoursePrices;
import org.stoa.shared.Money;
import org.stoa.shared.Problem;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The catalog and its courses, as JSON. */
@RestController
@Validated
@Tag(name = "Courses")
class CatalogApi {
    private final Catalog catalog;
    private final Releases releases;
    private final CourseEnrollments enrollments;
    private final CoursePrices prices;

    CatalogApi(
            Catalog catalog,
            Releases releases,
            CourseEnrollments enrollments,
            CoursePrices prices) {
        this.prices = prices;
        this.catalog = catalog;
        this.releases = releases;
        this.enrollments = enrollments;
    }

    /**
     * What one pays.
     *
     * @param amount in minor units of the currency
     * @param others what it costs in other currencies; left out where there is one price, and in
     *     lists
     */
    record PriceBody(
            long amount,
            String currency,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<OtherPriceBody> others) {
        static @Nullable PriceBody of(@Nullable Money price) {
            return price == null ? null : new PriceBody(price.amount(), price.currency(), null);
        }

        static @Nullable PriceBody of(List<Money> prices) {
            if (prices.size() < 2) {
                return of(prices.isEmpty() ? null : prices.getFirst());
            }
            var first = prices.getFirst();
            return new PriceBody(
                    first.amount(),
                    first.currency(),
                    prices.stream()
                            .skip(1)
                            .map(it -> new OtherPriceBody(it.amount(), it.currency()))
                            .toList());
        }
    }

    /** What it costs in another currency, in minor units. */
    record OtherPriceBody(long amount, String currency) {}

    record CourseLineBody(
            String slug,
            String title,
            String summary,
            String category,
            List<String> tags,
            String level,
            String language,
            int lessons,
            int minutes,
            @Nullable PriceBody price) {}

    record CourseList(List<CourseLineBody> items, @Nullable String nextCursor) {}

    /**
     * A lesson.
     *
     * @param required counts towards the end of the course
     * @param taste anyone may read it
     * @param locked it is not open to the caller
     * @param opensAt when it opens; null when it is open, or that is no matter of time
     * @param reason why it is locked, a sentence; null when it is open
     */
    record LessonLineBody(
            UUID id,
            String slug,
            String title,
            String number,
            int minutes,
            boolean required,
            boolean taste,
            boolean locked,
            @Nullable Instant opensAt,
            @Nullable String reason) {}

    record ModuleBody(String title, List<LessonLineBody> lessons) {}

    record CourseBody(
            String slug,
            String title,
            String summary,
            String category,
            List<String> tags,
            String level,
            String language,
            List<String> outcomes,
            String audience,
            List<String> teachers,
            int release,
            Instant publishedAt,
            @Nullable PriceBody price,
            List<ModuleBody> modules,
            CourseEnrollments.@Nullable Place enrollment) {}

    record ReleaseNoteBody(@Nullable String note) {}

    record ReleaseBody(
            int number,
            String note,
            @Nullable String publishedBy,
            Instant publishedAt,
            boolean withdrawn) {
        static ReleaseBody of(Releases.Published one) {
            return new ReleaseBody(
                    one.number(), one.note(), one.by(), one.publishedAt(), one.withdrawn());
        }
    }

    record ReleaseList(List<ReleaseBody> items, @Nullable String nextCursor) {}

    @GetMapping("/api/v1/courses")
    @Allowed(Who.ANYONE)
    @Operation(
            operationId = "listCourses",
            summary = "List or search the published courses",
            description =
                    "The newest first; with `q` the best match first, and typing errors are"
                            + " forgiven.")
    CourseList list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String category,
            @RequestParam(defaultValue = "") String tag,
            @RequestParam(defaultValue = "") String level,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var page = catalog.page(new Catalog.Filter(q, category, tag, level), cursor, limit);
        return new CourseList(
                page.items().stream().map(CatalogApi::line).toList(), page.nextCursor());
    }

    @GetMapping("/api/v1/courses/{slug}")
    @Allowed(Who.ANYONE)
    @Operation(
            operationId = "getCourse",
            summary = "A course as its current release has it",
            description = "With the caller's own place in it, or null.")
    CourseBody course(@PathVariable String slug) {
        var release =
                releases.current(slug)
                        .orElseThrow(() -> new Problem.NotFound(say("problem.noCourseHere")));
        var document = release.document();
        var told = enrollments.of(release);
        return new CourseBody(
                release.slug(),
                document.title(),
                document.summary(),
                document.category(),
                document.tags(),
                document.level(),
                document.language(),
                document.outcomes(),
                document.audience(),
                document.teachers(),
                release.number(),
                release.publishedAt(),
                PriceBody.of(prices.of(release.courseId())),
                release.modules().stream().map(it -> module(it, told)).toList(),
                told.place());
    }

    @PostMapping("/api/v1/courses/{slug}/releases")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "publishCourse",
            summary = "Publish the draft as a release",
            description = "Learners read it from here on; it never changes.")
    @ApiResponse(responseCode = "201", description = "Published")
    @ApiResponse(
            responseCode = "200",
            description = "Nothing has changed since the last release, which is this")
    ResponseEntity<ReleaseBody> publish(
            @PathVariable String slug,
            @RequestBody(required = false) @Nullable ReleaseNoteBody body) {
        var note = body == null || body.note() == null ? "" : body.note();
        var release = releases.publish(slug, note);
        return (release.standing()
                        ? ResponseEntity.ok()
                        : ResponseEntity.created(URI.create("/api/v1/courses/" + slug)))
                .body(ReleaseBody.of(release));
    }

    @GetMapping("/api/v1/courses/{slug}/releases")
    @Allowed(value = Who.TEACHER, of = StaffWho.See.class)
    @Operation(operationId = "listReleases", summary = "List a course's releases")
    ReleaseList releases(@PathVariable String slug) {
        return new ReleaseList(releases.of(slug).stream().map(ReleaseBody::of).toList(), null);
    }

    @DeleteMapping("/api/v1/courses/{slug}/releases/{number}")
    @Allowed(value = Who.TEACHER, of = StaffWho.Lead.class)
    @Operation(
            operationId = "withdrawRelease",
            summary = "Withdraw a release",
            description =
                    "Learners read the latest before it that stands, or the course leaves the"
                            + " catalog. What they have learned is kept. Repeating it changes"
                            + " nothing.")
    @ApiResponse(responseCode = "204", description = "Withdrawn")
    ResponseEntity<Void> withdraw(@PathVariable String slug, @PathVariable int number) {
        releases.withdraw(slug, number);
        return ResponseEntity.noContent().build();
    }

    private static CourseLineBody line(Catalog.Entry entry) {
        return new CourseLineBody(
                entry.slug(),
                entry.title(),
                entry.summary(),
                entry.category(),
                entry.tags(),
                entry.level(),
                entry.language(),
                entry.lessons(),
                entry.minutes(),
                PriceBody.of(entry.price()));
    }

    private static ModuleBody module(ReleaseModule module, CourseEnrollments.Told told) {
        return new ModuleBody(
                module.title(),
                module.lessons().stream().map(it -> line(it, told.locks().get(it.id()))).toList());
    }

    private static LessonLineBody line(ReleaseLesson l, CourseEnrollments.@Nullable Lock lock) {
        return new LessonLineBody(
                l.id(),
                l.slug(),
                l.title(),
                l.number(),
                l.minutes(),
                l.rules().counts(),
                l.rules().taste(),
                lock != null,
                lock == null ? null : lock.opensAt(),
                lock == null ? null : lock.reason());
    }
}
