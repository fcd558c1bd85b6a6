package org.stoa.messaging.announcements;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.stoa.catalog.people.StaffWho;
import org.stoa.catalog.rules.TypedMoment;
import org.stoa.messaging.templates.Writing;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.shared.Slice;
import org.stoa.tenancy.Caller;
import org.stoa.web.Form;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;
import org.stoa.web.limits.RateLimits;
import org.stoa.web.limits.TooMany;

/** Where the staff of a course write to its learners, and administrators to the school. */
@Controller
public class AnnouncementPages {
    private static final int SHOWN = 20;

    private final SchoolAnnouncements announcements;
    private final WritingLimit limit;
    private final Shells shells;
    private final Ids ids;
    private final Clock clock;

    AnnouncementPages(
            SchoolAnnouncements announcements,
            WritingLimit limit,
            Shells shells,
            Ids ids,
            Clock clock) {
        this.announcements = announcements;
        this.limit = limit;
        this.shells = shells;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * {@code messaging/announce}; posts {@code title}, {@code text}, {@code when} ({@code now} or
     * {@code later}), {@code at} and {@code once} to {@code here}, the same to {@code
     * here/preview}, and nothing to {@code here/ID/cancel}.
     *
     * @param course its slug; empty for the whole school
     * @param title the course's; empty for the whole school
     * @param board where its readers find them
     * @param audience how many would be told now
     * @param preview how the text will read; null where none was asked for
     * @param zone by whose clocks {@code at} is meant
     * @param next where the list goes on; null at its end
     */
    public record AnnounceView(
            String here,
            String course,
            String title,
            String board,
            int audience,
            List<Announcement> announcements,
            @Nullable String next,
            Form form,
            @Nullable String preview,
            String zone,
            String notice) {}

    /** A form as it was typed. */
    private record Typed(String title, String text, String when, String at, String once) {
        Map<String, String> values() {
            return Map.of("title", title, "text", text, "when", when, "at", at, "once", once);
        }
    }

    @GetMapping("/studio/{course}/announcements")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    Page ofCourse(
            @PathVariable String course,
            @RequestParam(defaultValue = "") String done,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        return page(course, cursor, empty(), null, notice(done), request);
    }

    @PostMapping("/studio/{course}/announcements")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    Object write(
            @PathVariable String course,
            @RequestParam Map<String, String> fields,
            HttpServletRequest request,
            HttpServletResponse response) {
        return write(course, typed(fields), request, response);
    }

    @PostMapping("/studio/{course}/announcements/preview")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    Page preview(
            @PathVariable String course,
            @RequestParam Map<String, String> fields,
            HttpServletRequest request) {
        return preview(course, typed(fields), request);
    }

    @PostMapping("/studio/{course}/announcements/{id}/cancel")
    @Allowed(value = Who.TEACHER, of = StaffWho.SeeLearners.class)
    ResponseEntity<Void> cancel(@PathVariable String course, @PathVariable UUID id) {
        announcements.cancel(course, id);
        return seeOther(here(course) + "?done=off");
    }

    @GetMapping("/admin/announcements")
    @Allowed(Who.ADMIN)
    Page ofSchool(
            @RequestParam(defaultValue = "") String done,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        return page(null, cursor, empty(), null, notice(done), request);
    }

    @PostMapping("/admin/announcements")
    @Allowed(Who.ADMIN)
    Object write(
            @RequestParam Map<String, String> fields,
            HttpServletRequest request,
            HttpServletResponse response) {
        return write(null, typed(fields), request, response);
    }

    @PostMapping("/admin/announcements/preview")
    @Allowed(Who.ADMIN)
    Page preview(@RequestParam Map<String, String> fields, HttpServletRequest request) {
        return preview(null, typed(fields), request);
    }

    @PostMapping("/admin/announcements/{id}/cancel")
    @Allowed(Who.ADMIN)
    ResponseEntity<Void> cancel(@PathVariable UUID id) {
        announcements.cancel(null, id);
        return seeOther(here(null) + "?done=off");
    }

    private Object write(
            @Nullable String course,
            Typed typed,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            var notes = new ArrayList<String>();
            var wish = wish(typed, notes);
            announcements.check(wish, clock.instant());
            require(limit.take(), response);
            var made = announcements.write(course, wish);
            var done = wish.at() == null ? "told" : notes.isEmpty() ? "set" : "twice";
            return seeOther(here(course) + "?done=" + done + "#a-" + made.id());
        } catch (Problem.Invalid wrong) {
            return page(course, null, refused(typed, wrong), null, "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private Page preview(@Nullable String course, Typed typed, HttpServletRequest request) {
        try {
            announcements.check(wish(typed, new ArrayList<>()), clock.instant());
        } catch (Problem.Invalid wrong) {
            return page(course, null, refused(typed, wrong), null, "", request)
                    .with(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return page(
                course, null, Form.filled(typed.values()), Writing.html(typed.text()), "", request);
    }

    /** A date that no clock shows is refused where everything else is, all in one answer. */
    private static SchoolAnnouncements.Wish wish(Typed typed, List<String> notes) {
        var errors = new ArrayList<FieldError>();
        Instant at = null;
        if (typed.when().equals("later")) {
            at = TypedMoment.read("at", typed.at(), null, zone(), errors, notes);
            if (typed.at().isBlank()) {
                errors.add(new FieldError("at", say("mail.announce.noTime")));
            }
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
        var once = typed.once().matches("[0-9a-f-]{36}") ? typed.once() : "";
        return new SchoolAnnouncements.Wish(typed.title().strip(), typed.text().strip(), at, once);
    }

    private Page page(
            @Nullable String course,
            @Nullable String cursor,
            Form form,
            @Nullable String preview,
            String notice,
            HttpServletRequest request) {
        var board = announcements.written(course, Slice.after(cursor), SHOWN + 1);
        var some = Slice.of(board.items(), SHOWN, Announcement::id);
        var view =
                new AnnounceView(
                        here(course),
                        course == null ? "" : course,
                        board.title(),
                        course == null ? "/announcements" : "/learn/" + course + "/announcements",
                        board.audience(),
                        some.items(),
                        some.nextCursor(),
                        form,
                        preview,
                        zone().getId(),
                        notice);
        var title =
                course == null
                        ? say("mail.announcements")
                        : say("mail.announcements.of", board.title());
        var section = course == null ? "school" : "studio";
        return Page.of("messaging/announce", shells.personal(request, title, section), view);
    }

    private Form empty() {
        return Form.filled(Map.of("once", ids.next().toString()));
    }

    private static Form refused(Typed typed, Problem.Invalid wrong) {
        return Form.refused(typed.values(), wrong.errors());
    }

    private static Typed typed(Map<String, String> fields) {
        return new Typed(
                fields.getOrDefault("title", ""),
                fields.getOrDefault("text", ""),
                fields.getOrDefault("when", "now"),
                fields.getOrDefault("at", ""),
                fields.getOrDefault("once", ""));
    }

    /** Answers 429, with when to come again, after too many. */
    static void require(RateLimits.Answer limit, HttpServletResponse response) {
        if (!limit.granted()) {
            TooMany.describe(response, limit);
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
    }

    private static String notice(String done) {
        return switch (done) {
            case "told" -> say("mail.announce.isGoing");
            case "set" -> say("mail.announce.isSet");
            case "twice" -> say("mail.announce.isSetTwice");
            case "off" -> say("mail.announce.isOff");
            default -> "";
        };
    }

    private static String here(@Nullable String course) {
        return course == null ? "/admin/announcements" : "/studio/" + course + "/announcements";
    }

    private static ZoneId zone() {
        return Caller.current().school().timeZone();
    }

    private static ResponseEntity<Void> seeOther(String address) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(address)).build();
    }
}
