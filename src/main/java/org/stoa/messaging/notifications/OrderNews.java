package org.stoa.messaging.notifications;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.stoa.commerce.OrderChanged;
import org.stoa.commerce.OrderStatus;
import org.stoa.commerce.RenewalFailed;
import org.stoa.commerce.receipts.Receipts;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.Mail;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.Mails;

/** Tells buyers how their orders go on, and sends the receipt. */
@Component
class OrderNews {
    /** An order that stands so now. */
    record OrderMoved(UUID order, OrderStatus status) {}

    private static final JobKind<OrderMoved> ORDER =
            new JobKind<>("tell-of-order", OrderMoved.class, JobKind.Lane.DEFAULT)
                    .inOneTransaction();

    /** A subscription that was not paid when its time came. */
    record NotRenewed(UUID order, String since) {}

    private static final JobKind<NotRenewed> NOT_RENEWED =
            new JobKind<>("tell-of-renewal", NotRenewed.class, JobKind.Lane.DEFAULT)
                    .inOneTransaction();
    private static final Set<OrderStatus> TOLD =
            Set.of(
                    OrderStatus.PAID,
                    OrderStatus.FAILED,
                    OrderStatus.RETURNING,
                    OrderStatus.REFUNDED);

    private final Receipts receipts;
    private final Notifications notifications;
    private final Mails mails;
    private final Jobs jobs;
    private final Clock clock;

    OrderNews(Receipts receipts, Notifications notifications, Mails mails, Jobs jobs, Clock clock) {
        this.receipts = receipts;
        this.notifications = notifications;
        this.mails = mails;
        this.jobs = jobs;
        this.clock = clock;
        jobs.register(ORDER, this::tell);
        jobs.register(NOT_RENEWED, this::remind);
        mails.saying(MailKind.RECEIPT, this::said);
        mails.saying(MailKind.RENEWAL_FAILED, this::asked);
    }

    @EventListener
    void on(OrderChanged event) {
        if (TOLD.contains(event.status())) {
            jobs.enqueue(ORDER, new OrderMoved(event.order(), event.status()));
        }
    }

    @EventListener
    void on(RenewalFailed event) {
        jobs.enqueue(NOT_RENEWED, new NotRenewed(event.order(), String.valueOf(clock.instant())));
    }

    private void remind(NotRenewed missed) {
        var receipt = receipts.of(missed.order()).orElse(null);
        if (receipt == null) {
            return;
        }
        var about = "renewal " + receipt.id() + " " + missed.since();
        var path = "/orders/" + receipt.id();
        notifications.tell(
                List.of(receipt.person()),
                "renewal-failed",
                Map.of("course", receipt.title()),
                path,
                about);
        mails.send(
                MailKind.RENEWAL_FAILED,
                receipt.person(),
                Map.of("order", receipt.id().toString(), "path", path),
                about);
    }

    private void tell(OrderMoved moved) {
        var receipt = receipts.of(moved.order()).orElse(null);
        if (receipt == null) {
            return;
        }
        var about = "order " + receipt.id() + " " + moved.status().word();
        var path = "/orders/" + receipt.id();
        notifications.tell(
                List.of(receipt.person()),
                "order-" + moved.status().word(),
                Map.of("course", receipt.title()),
                path,
                about);
        if (moved.status() == OrderStatus.PAID) {
            mails.send(
                    MailKind.RECEIPT,
                    receipt.person(),
                    Map.of("order", receipt.id().toString(), "path", path),
                    "receipt " + receipt.id());
        }
    }

    private Optional<Map<String, String>> asked(Mail mail) {
        return Optional.ofNullable(mail.values().get("order"))
                .flatMap(id -> receipts.of(UUID.fromString(id)))
                .map(it -> Map.of("course", it.title(), "amount", it.price().said()));
    }

    /** The sum is written as the reader writes it, so it is said when the mail goes. */
    private Optional<Map<String, String>> said(Mail mail) {
        return Optional.ofNullable(mail.values().get("order"))
                .flatMap(id -> receipts.of(UUID.fromString(id)))
                .map(it ->
                        Map.of(
                                "course", it.title(),
                                "amount", it.sumPaid().said(),
                                "number", it.code()));
    }
}
