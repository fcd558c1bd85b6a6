package org.stoa.messaging;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.stoa.commerce.others.GiftOffered;
import org.stoa.commerce.others.Gifts;
import org.stoa.commerce.others.Offered;
import org.stoa.commerce.others.SeatOffered;
import org.stoa.commerce.others.TeamSeats;

/** The mails that bring a seat or a gift to the address it is offered to. */
@Component
class OthersMails {
    private final Mails mails;
    private final TeamSeats seats;
    private final Gifts gifts;

    OthersMails(Mails mails, TeamSeats seats, Gifts gifts) {
        this.mails = mails;
        this.seats = seats;
        this.gifts = gifts;
        mails.saying(MailKind.SEAT, this::seat);
        mails.saying(MailKind.GIFT, this::gift);
    }

    @EventListener
    void on(SeatOffered event) {
        send(MailKind.SEAT, event.seat(), event.email(), event.at());
    }

    @EventListener
    void on(GiftOffered event) {
        send(MailKind.GIFT, event.order(), event.email(), event.at());
    }

    private void send(MailKind kind, UUID what, String email, Instant at) {
        mails.send(
                kind,
                null,
                email,
                Map.of("what", what.toString(), "at", at.toString()),
                kind.word() + " " + what + " " + at.toEpochMilli());
    }

    private Optional<Map<String, String>> seat(Mail mail) {
        return seats.offered(what(mail), at(mail)).map(OthersMails::said);
    }

    private Optional<Map<String, String>> gift(Mail mail) {
        return gifts.offered(what(mail), at(mail)).map(OthersMails::said);
    }

    private static Map<String, String> said(Offered offered) {
        return Map.of(
                "path", offered.path(),
                "course", offered.title(),
                "who", offered.by(),
                "text", offered.words());
    }

    private static UUID what(Mail mail) {
        return UUID.fromString(mail.values().getOrDefault("what", ""));
    }

    private static Instant at(Mail mail) {
        return Instant.parse(mail.values().getOrDefault("at", ""));
    }
}
