package org.stoa.enrollment;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Hosts;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Places in courses, as JSON. */
@RestController
@Validated
@Tag(name = "Learning")
class EnrollmentApi {
    private final Enrollments enrollments;
    private final Shelf shelf;
    private final Sales sales;
    private final Hosts hosts;

    EnrollmentApi(Enrollments enrollments, Shelf shelf, Sales sales, Hosts hosts) {
        this.sales = sales;
        this.hosts = hosts;
        this.enrollments = enrollments;
        this.shelf = shelf;
    }

    /** The caller's place. */
    record PlaceBody(UUID id, String course, String status) {}

    // One name stands for one form in the description, whatever module it comes from.
    @Schema(name = "EnrolledCourse")
    record CourseBody(String slug, String title) {}

    record ProgressBody(int completed, int total, int percent) {
        static ProgressBody of(CourseProgress progress) {
            return new ProgressBody(progress.completed(), progress.total(), progress.percent());
        }
    }

    /** The lesson to go on with. */
    @Schema(name = "NextLesson")
    record LessonBody(UUID id, String slug, String title) {}

    record EnrollmentBody(
            CourseBody course,
            ProgressBody progress,
            @Nullable LessonBody next,
            Instant lastActivity) {}

    record EnrollmentList(List<EnrollmentBody> items, @Nullable String nextCursor) {}

    @PostMapping("/api/v1/courses/{slug}/enrollments")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "enroll",
            summary = "Enroll in a course",
            description = "Repeating it changes nothing and answers 200.")
    @ApiResponse(responseCode = "201", description = "Enrolled")
    @ApiResponse(responseCode = "200", description = "Enrolled before")
    @ApiResponse(
            responseCode = "402",
            description = "To be paid for first, at its `checkoutUrl`; `offer` is what it costs",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(ref = "#/components/schemas/Problem")))
    ResponseEntity<PlaceBody> enroll(
            @PathVariable String slug,
            @Parameter(description = "A group of the course that can be joined")
                    @RequestParam(required = false)
                    @Nullable UUID cohort,
            @Parameter(description = "Where it is sold: a currency that it has a price in")
                    @RequestParam(defaultValue = "")
                    String currency,
            HttpServletRequest request) {
        return switch (enrollments.enroll(slug, cohort)) {
            case Enrolled.Opened(var id, var course) ->
                    ResponseEntity.created(URI.create("/api/v1/me/enrollments"))
                            .body(new PlaceBody(id, slug, "active"));
            case Enrolled.Already(var id, var course) ->
                    ResponseEntity.ok(new PlaceBody(id, slug, "active"));
            case Enrolled.Full(var course) -> throw new Problem.Conflict(say("learn.api.full"));
            case Enrolled.Refused(var course, Admission.ForSale sold) ->
                    throw toBePaid(slug, sold, currency, request);
            case Enrolled.Refused(var course, var why) ->
                    throw new Problem.Conflict(why.sentence(Caller.current().school().timeZone()));
        };
    }

    private Problem toBePaid(
            String slug, Admission.ForSale sold, String currency, HttpServletRequest request) {
        var url = sales.checkout(slug, currency, root(request));
        var price = sold.in(currency);
        return new Problem.PaymentRequired(say("learn.refused.sold", price.said()), price, url);
    }

    private String root(HttpServletRequest request) {
        return hosts.address(
                Caller.current().school(), request.getScheme(), request.getServerPort());
    }

    @DeleteMapping("/api/v1/me/enrollments/{slug}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "withdraw",
            summary = "Give up a place",
            description = "What was learned is kept, should the person come back.")
    @ApiResponse(responseCode = "204", description = "Given up")
    ResponseEntity<Void> withdraw(@PathVariable String slug) {
        enrollments.withdraw(slug);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/api/v1/me/enrollments")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "listMyEnrollments",
            summary = "List my courses",
            description = "The one to go on with first, finished ones last.")
    EnrollmentList mine(
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var page = shelf.page(cursor, limit);
        return new EnrollmentList(
                page.items().stream().map(EnrollmentApi::body).toList(), page.nextCursor());
    }

    private static EnrollmentBody body(Shelf.Course course) {
        var next = course.next();
        return new EnrollmentBody(
                new CourseBody(course.release().slug(), course.release().title()),
                ProgressBody.of(course.progress()),
                next == null ? null : new LessonBody(next.id(), next.slug(), next.title()),
                course.lastActivity());
    }
}
