package org.stoa.messaging.announcements;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.Mail;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.Mails;
import org.stoa.messaging.notifications.Notifications;

/**
 * Tells an announcement to so many people at a time. A slice is one transaction: who is told, the
 * mail to them, how many they are, and the job for the slice after it. A worker that dies in
 * between has told nobody of its slice, and what is told twice all the same is kept once by {@code
 * about}.
 */
@Component
class Telling {
    /**
     * A slice.
     *
     * @param after the last one who was told
     */
    record Slice(UUID announcement, UUID after) {}

    static final JobKind<Slice> SLICE =
            new JobKind<>("tell-announcement", Slice.class, JobKind.Lane.BULK).inOneTransaction();
    static final UUID FIRST = new UUID(0, 0);
    private static final int AT_ONCE = 200;

    private final AnnouncementStore store;
    private final Notifications notifications;
    private final Mails mails;
    private final Jobs jobs;
    private final Clock clock;

    Telling(
            AnnouncementStore store,
            Notifications notifications,
            Mails mails,
            Jobs jobs,
            Clock clock) {
        this.store = store;
        this.notifications = notifications;
        this.mails = mails;
        this.jobs = jobs;
        this.clock = clock;
        jobs.register(SLICE, this::tell);
        mails.saying(MailKind.ANNOUNCEMENT, this::said);
    }

    /**
     * @param at null for at once
     */
    void begin(UUID announcement, @Nullable Instant at) {
        var slice = new Slice(announcement, FIRST);
        if (at == null) {
            jobs.enqueue(SLICE, slice);
        } else {
            jobs.enqueue(SLICE, slice, at);
        }
    }

    void tell(Slice slice) {
        var id = slice.announcement();
        if (!store.begin(id)) {
            return;
        }
        var going = store.going(id);
        var people = store.people(going, slice.after(), AT_ONCE);
        if (people.isEmpty()) {
            store.end(id, clock.instant());
            return;
        }
        store.told(id, tell(going, people));
        jobs.enqueue(SLICE, new Slice(id, people.getLast()));
    }

    private int tell(AnnouncementStore.Going going, List<UUID> people) {
        var board =
                going.course() == null
                        ? "/announcements"
                        : "/learn/" + going.slug() + "/announcements";
        var path = board + "#a-" + going.id();
        var about = "announced " + going.id();
        var values = Map.of("title", going.title(), "course", going.courseTitle());
        var told = notifications.tell(people, "announced", values, path, about);
        var mail =
                Map.of(
                        "title", going.title(),
                        "course", going.courseTitle(),
                        "announcement", going.id().toString(),
                        "path", path);
        told.forEach(
                person -> mails.send(MailKind.ANNOUNCEMENT, person, mail, about + " " + person));
        return told.size();
    }

    /** The text is put in when the mail is sent, rather than into each of ten thousand jobs. */
    private Optional<Map<String, String>> said(Mail mail) {
        var id = mail.values().get("announcement");
        return id == null
                ? Optional.of(Map.of())
                : store.text(UUID.fromString(id)).map(text -> Map.of("text", text));
    }
}
