package org.stoa.messaging.notifications;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.stoa.identity.VisitPages;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What somebody was told, and the bell that says how much of it they have not read. */
@Controller
public class NotificationPages {
    private static final int SHOWN = 60;

    private final Notifications notifications;
    private final Shells shells;

    NotificationPages(Notifications notifications, Shells shells) {
        this.notifications = notifications;
        this.shells = shells;
    }

    /**
     * {@code messaging/notifications}; each posts to {@code /notifications/{id}/open}, all of them
     * to {@code /notifications/read}.
     */
    public record NotificationsView(Notifications.Told told) {}

    /** {@code messaging/bell}, a part of each page of somebody who is signed in. */
    public record BellView(int unread) {}

    @GetMapping("/notifications")
    @Allowed(Who.MEMBER)
    Page all(HttpServletRequest request) {
        return Page.of(
                "messaging/notifications",
                shells.personal(request, say("mail.notices"), ""),
                new NotificationsView(notifications.latest(null, SHOWN)));
    }

    /** By a form, since what a browser looks up ahead must not count as read. */
    @PostMapping("/notifications/{id}/open")
    @Allowed(Who.MEMBER)
    void open(@PathVariable UUID id, HttpServletResponse response) {
        var path = notifications.read(id, true);
        // A conversation opens at its end; what is kept is the page that counts as read.
        VisitPages.seeOther(response, path.startsWith("/messages/") ? path + "#latest" : path);
    }

    @PostMapping("/notifications/read")
    @Allowed(Who.MEMBER)
    void readAll(HttpServletResponse response) {
        notifications.readAll();
        VisitPages.seeOther(response, "/notifications");
    }

    @GetMapping("/fragments/bell")
    @Allowed(Who.SIGNED_IN)
    Page bell() {
        return Page.fragment("messaging/bell", new BellView(notifications.unread()));
    }
}
