package org.stoa.messaging;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.stoa.identity.invitations.InvitationLinks;
import org.stoa.identity.invitations.InvitationMade;

/** The mail that brings an invitation to the one address it holds for. */
@Component
class InvitationMails {
    private final Mails mails;
    private final InvitationLinks links;

    InvitationMails(Mails mails, InvitationLinks links) {
        this.mails = mails;
        this.links = links;
        mails.saying(MailKind.INVITATION, this::said);
    }

    @EventListener
    void on(InvitationMade event) {
        mails.send(
                MailKind.INVITATION,
                null,
                event.email(),
                Map.of("invitation", event.invitation().toString()),
                "invited " + event.invitation());
    }

    private Optional<Map<String, String>> said(Mail mail) {
        return Optional.ofNullable(mail.values().get("invitation"))
                .flatMap(id -> links.make(UUID.fromString(id)))
                .map(link -> Map.of("path", link.path(), "role", link.asks()));
    }
}
