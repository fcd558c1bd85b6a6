package org.stoa.inbox.view;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.inbox.Effect;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What came in at the platform's host, for its administrator, as JSON. */
@RestController
@Validated
@Tag(name = "Platform")
class EventApi {
    private final Events events;

    EventApi(Events events) {
        this.events = events;
    }

    record WebhookEventBody(
            UUID id,
            String source,
            String eventId,
            String type,
            String status,
            int attempts,
            Instant receivedAt,
            @Nullable Instant nextAttemptAt,
            @Nullable String lastError) {}

    record WebhookEventList(List<WebhookEventBody> items, @Nullable String nextCursor) {}

    record WebhookAttemptBody(Instant at, String outcome, @Nullable String reason) {}

    record WebhookEffectBody(String effect, String subject) {}

    record WebhookEventDetail(
            WebhookEventBody event,
            Instant occurredAt,
            @Nullable Instant completedAt,
            @Nullable String payload,
            List<WebhookEffectBody> effects,
            List<WebhookAttemptBody> attempts) {}

    @GetMapping("/api/v1/platform/webhook-events")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    @Operation(
            operationId = "listWebhookEvents",
            summary = "List the webhooks that came in, newest first")
    WebhookEventList list(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var page = events.list(status, source, cursor, limit);
        return new WebhookEventList(
                page.items().stream().map(EventApi::body).toList(), page.nextCursor());
    }

    @GetMapping("/api/v1/platform/webhook-events/{event}")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    @Operation(
            operationId = "getWebhookEvent",
            summary = "Show a webhook with its payload, secrets masked, and its effects")
    WebhookEventDetail one(@PathVariable UUID event) {
        var whole = events.one(event);
        return new WebhookEventDetail(
                body(whole.line()),
                whole.occurredAt(),
                whole.completedAt(),
                whole.payload(),
                whole.effects().stream().map(EventApi::body).toList(),
                whole.history().stream()
                        .map(t -> new WebhookAttemptBody(t.at(), t.outcome(), orNull(t.reason())))
                        .toList());
    }

    @PostMapping("/api/v1/platform/webhook-events/{event}/replays")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    @Operation(operationId = "replayWebhookEvent", summary = "Have a webhook's effects done again")
    WebhookEventBody replay(@PathVariable UUID event) {
        events.replay(event);
        return body(events.one(event).line());
    }

    private static WebhookEventBody body(EventLine line) {
        return new WebhookEventBody(
                line.id(),
                line.source(),
                line.eventId(),
                line.kind(),
                line.status().word(),
                line.tries(),
                line.receivedAt(),
                line.dueAt(),
                orNull(line.reason()));
    }

    private static WebhookEffectBody body(Effect effect) {
        return new WebhookEffectBody(effect.what(), effect.of());
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
