package org.stoa.messaging.announcements;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.catalog.people.StaffWho;
import org.stoa.shared.Slice;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Announcements, as JSON. */
@RestController
@Validated
@Tag(name = "Announcements")
class AnnouncementApi {
    private final SchoolAnnouncements announcements;
    private final WritingLimit limit;
    private final Clock clock;

    AnnouncementApi(SchoolAnnouncements announcements, WritingLimit limit, Clock clock) {
        this.announcements = announcements;
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * An announcement.
     *
     * @param text Markdown
     * @param html the same, sanitized
     * @param at when it goes, or went
     * @param status {@code scheduled}, {@code going}, {@code told} or {@code cancelled}
     * @param told how many people were told so far; null for readers
     */
    @Schema(name = "Announcement")
    record AnnouncementBody(
            UUID id,
            String title,
            String text,
            String html,
            Instant at,
            String status,
            @Nullable Integer told) {
        static AnnouncementBody of(Announcement it, boolean writes) {
            return new AnnouncementBody(
                    it.id(),
                    it.title(),
                    it.text(),
                    it.html(),
                    it.at(),
                    it.status().word(),
                    writes ? it.told() : null);
        }
    }

    @Schema(name = "AnnouncementList")
    record AnnouncementList(List<AnnouncementBody> items, @Nullable String nextCursor) {}

    /**
     * @param text Markdown
     * @param at when it is to go; null for at once
     */
    @Schema(name = "Announce")
    record WriteBody(
            @NotNull(message = "{mail.announce.noTitle}") String title,
            @NotNull(message = "{mail.announce.noText}") String text,
            @Nullable Instant at) {
        SchoolAnnouncements.Wish wish() {
            return new SchoolAnnouncements.Wish(title.strip(), text.strip(), at, "");
        }
    }

    @GetMapping("/api/v1/announcements")
    @Allowed(Who.MEMBER)
    @Operation(operationId = "listAnnouncements", summary = "What the whole school was told")
    AnnouncementList ofSchool(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        return read(null, cursor, limit);
    }

    @GetMapping("/api/v1/courses/{slug}/announcements")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "listCourseAnnouncements",
            summary = "What the learners of a course were told",
            description = "For those who have a place in the course, or teach it.")
    AnnouncementList ofCourse(
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        return read(slug, cursor, limit);
    }

    @GetMapping("/api/v1/announcements/written")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "listWrittenAnnouncements",
            summary = "Announcements to the school, with those that wait and how many were told")
    AnnouncementList writtenToSchool(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        return written(null, cursor, limit);
    }

    @GetMapping("/api/v1/courses/{slug}/announcements/written")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "listWrittenCourseAnnouncements",
            summary = "A course's announcements, with those that wait and how many were told")
    AnnouncementList writtenToCourse(
            @PathVariable String slug,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        return written(slug, cursor, limit);
    }

    @PostMapping("/api/v1/announcements")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "announceToSchool",
            summary = "Tell everybody in the school, now or at a time",
            description = "In Stoa, and by mail to those who want mail of this kind.")
    @ApiResponse(responseCode = "201", description = "It goes, or waits for its time")
    ResponseEntity<AnnouncementBody> toSchool(
            @Valid @RequestBody WriteBody body, HttpServletResponse response) {
        var made = write(null, body, response);
        return ResponseEntity.created(URI.create("/api/v1/announcements")).body(made);
    }

    @PostMapping("/api/v1/courses/{slug}/announcements")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "announceToCourse",
            summary = "Tell the learners of a course, now or at a time",
            description = "In Stoa, and by mail to those who want mail of this kind.")
    @ApiResponse(responseCode = "201", description = "It goes, or waits for its time")
    ResponseEntity<AnnouncementBody> toCourse(
            @PathVariable String slug,
            @Valid @RequestBody WriteBody body,
            HttpServletResponse response) {
        var made = write(slug, body, response);
        return ResponseEntity.created(URI.create("/api/v1/courses/" + slug + "/announcements"))
                .body(made);
    }

    @PostMapping("/api/v1/announcements/{id}/cancel")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "cancelAnnouncement",
            summary = "Call off an announcement to the school that waits for its time",
            description = "Repeating it changes nothing.")
    AnnouncementBody cancel(@PathVariable UUID id) {
        return AnnouncementBody.of(announcements.cancel(null, id), true);
    }

    @PostMapping("/api/v1/courses/{slug}/announcements/{id}/cancel")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    @Operation(
            operationId = "cancelCourseAnnouncement",
            summary = "Call off a course's announcement that waits for its time",
            description = "Repeating it changes nothing.")
    AnnouncementBody cancel(@PathVariable String slug, @PathVariable UUID id) {
        return AnnouncementBody.of(announcements.cancel(slug, id), true);
    }

    private AnnouncementBody write(
            @Nullable String course, WriteBody body, HttpServletResponse response) {
        var wish = body.wish();
        announcements.check(wish, clock.instant());
        AnnouncementPages.require(limit.take(), response);
        return AnnouncementBody.of(announcements.write(course, wish), true);
    }

    private AnnouncementList read(@Nullable String course, @Nullable String cursor, int limit) {
        var board = announcements.read(course, Slice.after(cursor), limit + 1);
        return list(board, limit, false);
    }

    private AnnouncementList written(@Nullable String course, @Nullable String cursor, int limit) {
        var board = announcements.written(course, Slice.after(cursor), limit + 1);
        return list(board, limit, true);
    }

    private static AnnouncementList list(
            SchoolAnnouncements.Board board, int limit, boolean writes) {
        var some = Slice.of(board.items(), limit, Announcement::id);
        return new AnnouncementList(
                some.items().stream().map(it -> AnnouncementBody.of(it, writes)).toList(),
                some.nextCursor());
    }
}
