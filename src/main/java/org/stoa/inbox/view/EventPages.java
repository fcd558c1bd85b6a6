package org.stoa.inbox.view;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.inbox.EventStatus;
import org.stoa.tenancy.Caller;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What came in, for the platform's administrators and for a school's. */
@Controller
public class EventPages {
    private static final int PER_PAGE = 50;

    private final Events events;
    private final Shells shells;

    EventPages(Events events, Shells shells) {
        this.events = events;
        this.shells = shells;
    }

    /**
     * {@code inbox/events}.
     *
     * @param at the list's own address
     * @param status the filter, empty for all
     * @param source the filter, empty for all
     * @param next cursor of the next page; null on the last
     */
    public record EventsView(
            String at,
            String status,
            String source,
            List<SourceLine> sources,
            List<EventLine> events,
            @Nullable String next) {}

    /**
     * A source and how its last thirty days went.
     *
     * @param success in percent of what is not under way
     */
    public record SourceLine(
            String name, long all, long completed, long waiting, long dead, int success) {}

    /** {@code inbox/event}; posts to {@code …/replay}. */
    public record EventView(String at, EventWhole event, String notice) {}

    @GetMapping("/platform/webhooks")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    Page platform(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        return list(status, source, cursor, request);
    }

    @GetMapping("/admin/webhooks")
    @Allowed(Who.ADMIN)
    Page school(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String source,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        return list(status, source, cursor, request);
    }

    @GetMapping("/platform/webhooks/{event}")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    Page platformEvent(
            @PathVariable UUID event,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        return one(event, done, request);
    }

    @GetMapping("/admin/webhooks/{event}")
    @Allowed(Who.ADMIN)
    Page schoolEvent(
            @PathVariable UUID event,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        return one(event, done, request);
    }

    @PostMapping("/platform/webhooks/{event}/replay")
    @Allowed(value = Who.PLATFORM_ADMIN, on = Allowed.Site.PLATFORM)
    ResponseEntity<Void> platformReplay(@PathVariable UUID event) {
        return replay(event);
    }

    @PostMapping("/admin/webhooks/{event}/replay")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> schoolReplay(@PathVariable UUID event) {
        return replay(event);
    }

    private Page list(
            String status, String source, @Nullable String cursor, HttpServletRequest request) {
        var page = events.list(status, source, cursor, PER_PAGE);
        var sources = events.standings().stream().map(EventPages::line).toList();
        var view = new EventsView(at(), status, source, sources, page.items(), page.nextCursor());
        return Page.of(
                "inbox/events", shells.personal(request, say("inbox.title"), section()), view);
    }

    private static SourceLine line(Events.Standing standing) {
        var counts = standing.counts();
        return new SourceLine(
                standing.source(),
                standing.all(),
                counts.getOrDefault(EventStatus.COMPLETED, 0L),
                counts.getOrDefault(EventStatus.PENDING, 0L)
                        + counts.getOrDefault(EventStatus.FAILED, 0L),
                counts.getOrDefault(EventStatus.DEAD, 0L),
                standing.success());
    }

    private Page one(UUID event, String done, HttpServletRequest request) {
        var whole = events.one(event);
        var notice = done.equals("replayed") ? say("inbox.replayed") : "";
        return Page.of(
                "inbox/event",
                shells.personal(request, say("inbox.title"), section()),
                new EventView(at(), whole, notice));
    }

    private ResponseEntity<Void> replay(UUID event) {
        events.replay(event);
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create(at() + "/" + event + "?done=replayed"))
                .build();
    }

    private static String at() {
        return atSchool() ? "/admin/webhooks" : "/platform/webhooks";
    }

    private static String section() {
        return atSchool() ? "school" : "platform";
    }

    private static boolean atSchool() {
        return Caller.current().organization() != null;
    }
}
