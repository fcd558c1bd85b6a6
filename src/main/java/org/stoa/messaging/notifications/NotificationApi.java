package org.stoa.messaging.notifications;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.shared.Problem;
import org.stoa.shared.Slice;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What the caller was told, as JSON. */
@RestController
@Validated
@Tag(name = "Me")
class NotificationApi {
    private final Notifications notifications;

    NotificationApi(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * @param words the sentence, in the caller's language
     * @param path where it leads, on this school's site
     */
    record NotificationBody(
            UUID id, String kind, String words, String path, Instant at, boolean read) {}

    record NotificationList(
            List<NotificationBody> items, int unread, @Nullable String nextCursor) {}

    record ReadBody(@Nullable Boolean read) {}

    @GetMapping("/api/v1/me/notifications")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "listMyNotifications",
            summary = "What I was told, the latest first",
            description = "With how many of all are unread.")
    NotificationList list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var told = notifications.latest(Slice.after(cursor), limit + 1);
        var some = Slice.of(told.items(), limit, Notification::id);
        return new NotificationList(
                some.items().stream()
                        .map(it ->
                                new NotificationBody(
                                        it.id(),
                                        it.kind(),
                                        it.words(),
                                        it.path(),
                                        it.at(),
                                        it.readAt() != null))
                        .toList(),
                told.unread(),
                some.nextCursor());
    }

    @PutMapping("/api/v1/me/notifications/{id}")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "markNotification",
            summary = "Mark one as read, or as unread",
            description = "Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "It is so")
    ResponseEntity<Void> mark(@PathVariable UUID id, @RequestBody ReadBody body) {
        if (body.read() == null) {
            throw new Problem.Invalid("read", say("mail.notice.sayRead"));
        }
        notifications.read(id, body.read());
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/api/v1/me/notifications/read-all")
    @Allowed(Who.MEMBER)
    @Operation(operationId = "markAllNotifications", summary = "Mark all as read")
    @ApiResponse(responseCode = "204", description = "All are read")
    ResponseEntity<Void> markAll() {
        notifications.readAll();
        return ResponseEntity.noContent().build();
    }
}
