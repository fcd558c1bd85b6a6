package org.stoa.messaging.announcements;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.shared.Slice;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** Where people read what they were told. */
@Controller
public class BoardPages {
    private static final int SHOWN = 20;

    private final SchoolAnnouncements announcements;
    private final Shells shells;

    BoardPages(SchoolAnnouncements announcements, Shells shells) {
        this.announcements = announcements;
        this.shells = shells;
    }

    /**
     * {@code messaging/board}.
     *
     * @param course its slug; empty for the school
     * @param title the course's; empty for the school
     * @param next where the list goes on; null at its end
     */
    public record BoardView(
            String here,
            String course,
            String title,
            List<Announcement> announcements,
            @Nullable String next) {}

    @GetMapping("/learn/{course}/announcements")
    @Allowed(Who.MEMBER)
    Page ofCourse(
            @PathVariable String course,
            @RequestParam(required = false) @Nullable String cursor,
            HttpServletRequest request) {
        return page(course, cursor, request);
    }

    @GetMapping("/announcements")
    @Allowed(Who.MEMBER)
    Page ofSchool(
            @RequestParam(required = false) @Nullable String cursor, HttpServletRequest request) {
        return page(null, cursor, request);
    }

    private Page page(
            @Nullable String course, @Nullable String cursor, HttpServletRequest request) {
        var board = announcements.read(course, Slice.after(cursor), SHOWN + 1);
        var some = Slice.of(board.items(), SHOWN, Announcement::id);
        var view =
                new BoardView(
                        course == null ? "/announcements" : "/learn/" + course + "/announcements",
                        course == null ? "" : course,
                        board.title(),
                        some.items(),
                        some.nextCursor());
        var title =
                course == null
                        ? say("mail.announcements")
                        : say("mail.announcements.of", board.title());
        return Page.of("messaging/board", shells.personal(request, title, "learning"), view);
    }
}
