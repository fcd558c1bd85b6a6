package org.stoa.messaging.notifications;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.stoa.enrollment.waiting.PlaceOffered;
import org.stoa.enrollment.waiting.WaitingList;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.Mail;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.Mails;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.WallClock;

/** Tells whose turn it is that a place is kept for them. */
@Component
class WaitingNews {
    /** A place that is kept for somebody. */
    record Kept(UUID course, UUID person, Instant until) {}

    private static final JobKind<Kept> TELL =
            new JobKind<>("tell-of-kept-place", Kept.class, JobKind.Lane.DEFAULT)
                    .inOneTransaction();

    private final WaitingList waiting;
    private final Notifications notifications;
    private final Mails mails;
    private final Jobs jobs;

    WaitingNews(WaitingList waiting, Notifications notifications, Mails mails, Jobs jobs) {
        this.waiting = waiting;
        this.notifications = notifications;
        this.mails = mails;
        this.jobs = jobs;
        jobs.register(TELL, this::tell);
        mails.saying(MailKind.PLACE_FREE, WaitingNews::said);
    }

    @EventListener
    void on(PlaceOffered event) {
        jobs.enqueue(TELL, new Kept(event.course(), event.person(), event.until()));
    }

    private void tell(Kept kept) {
        var course = waiting.of(kept.course()).orElse(null);
        if (course == null) {
            return;
        }
        var path = "/courses/" + course.slug() + "/wait";
        var about = "place " + kept.course() + " " + kept.person() + " " + kept.until();
        var values = Map.of("course", course.title());
        notifications.tell(List.of(kept.person()), "place-free", values, path, about);
        mails.send(
                MailKind.PLACE_FREE,
                kept.person(),
                Map.of("course", course.title(), "path", path, "at", kept.until().toString()),
                about);
    }

    /** The time is written as the reader writes it, so it is said when the mail goes. */
    private static Optional<Map<String, String>> said(Mail mail) {
        var until = Instant.parse(mail.values().getOrDefault("at", ""));
        return Optional.of(
                Map.of("until", WallClock.said(until, Caller.current().school().timeZone())));
    }
}
