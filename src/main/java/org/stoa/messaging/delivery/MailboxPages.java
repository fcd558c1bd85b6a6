package org.stoa.messaging.delivery;

import static org.stoa.shared.Words.say;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.stoa.identity.VisitPages;
import org.stoa.shared.Problem;
import org.stoa.web.Page;
import org.stoa.web.Shells;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The mail of a school: what was sent, what was not, and what would have been. */
@Controller
public class MailboxPages {
    private static final List<String> STATUSES =
            List.of(
                    "waiting",
                    "sent",
                    "kept",
                    "refused",
                    "held",
                    "not-wanted",
                    "unconfirmed",
                    "broken-off",
                    "bounced");

    private final MailLog log;
    private final Shells shells;

    MailboxPages(MailLog log, Shells shells) {
        this.log = log;
        this.shells = shells;
    }

    /**
     * {@code messaging/mailbox}; each mail that may be tried again posts to {@code
     * /admin/mailbox/{id}/again}.
     *
     * @param sends whether there is a mail server
     * @param status of which status these are; empty for all
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record MailboxView(
            List<MailLog.Line> mails,
            boolean sends,
            String status,
            List<String> statuses,
            String notice) {}

    /** {@code messaging/mail}. */
    public record MailView(MailLog.Whole mail, String notice) {}

    @GetMapping("/admin/mailbox")
    @Allowed(Who.ADMIN)
    Page mailbox(@RequestParam(defaultValue = "") String status, HttpServletRequest request) {
        var chosen = STATUSES.contains(status) ? status : "";
        return Page.of(
                "messaging/mailbox",
                shells.personal(request, say("mail.mailbox"), "school"),
                new MailboxView(log.latest(chosen), log.sends(), chosen, STATUSES, ""));
    }

    @GetMapping("/admin/mailbox/{id}")
    @Allowed(Who.ADMIN)
    Page mail(
            @PathVariable UUID id,
            @RequestParam(defaultValue = "") String done,
            HttpServletRequest request) {
        var mail = log.whole(id);
        var notice = done.equals("again") ? say("mail.log.again.done") : "";
        return Page.of(
                "messaging/mail",
                shells.personal(request, say("mail.kind", mail.line().kind()), "school"),
                new MailView(mail, notice));
    }

    /**
     * The HTML as mail programs get it. It has styles of its own, which no page here may have: it
     * is saved, not shown.
     */
    @GetMapping("/admin/mailbox/{id}/mail.html")
    @Allowed(Who.ADMIN)
    ResponseEntity<String> html(@PathVariable UUID id) {
        var html = log.whole(id).html();
        if (html == null) {
            throw new Problem.NotFound(say("problem.noSuchMail"));
        }
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mail.html\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(html);
    }

    @PostMapping("/admin/mailbox/{id}/again")
    @Allowed(Who.ADMIN)
    void again(@PathVariable UUID id, HttpServletResponse response) {
        log.again(id);
        VisitPages.seeOther(response, "/admin/mailbox/" + id + "?done=again");
    }
}
