package org.stoa.messaging.rounds;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.Mail;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.Mails;
import org.stoa.messaging.notifications.Notifications;

/**
 * What happened in a week, on Monday morning: what somebody was told inside Stoa, in their language
 * when it is sent. Who was told nothing gets nothing.
 */
@Component
class Digests {
    /**
     * People of the school, from one on.
     *
     * @param after the last one who gets theirs
     */
    record Slice(Instant from, Instant to, LocalDate monday, UUID after) {}

    private static final JobKind<Slice> SLICE =
            new JobKind<>("send-digests", Slice.class, JobKind.Lane.BULK).inOneTransaction();
    private static final UUID FIRST = new UUID(0, 0);
    private static final int AT_ONCE = 200;
    private static final int LONGEST = 20;

    private final RoundStore store;
    private final Notifications notifications;
    private final Mails mails;
    private final Jobs jobs;

    Digests(RoundStore store, Notifications notifications, Mails mails, Jobs jobs) {
        this.store = store;
        this.notifications = notifications;
        this.mails = mails;
        this.jobs = jobs;
        jobs.register(SLICE, this::send);
        mails.saying(MailKind.DIGEST, this::said);
    }

    void begin(Instant from, Instant to, LocalDate monday) {
        jobs.enqueue(SLICE, new Slice(from, to, monday, FIRST));
    }

    private void send(Slice slice) {
        var people = store.told(slice.from(), slice.to(), slice.after(), AT_ONCE);
        var values =
                Map.of(
                        "from", slice.from().toString(),
                        "to", slice.to().toString(),
                        "path", "/notifications");
        people.forEach(person ->
                mails.send(
                        MailKind.DIGEST,
                        person,
                        values,
                        "digest " + slice.monday() + " " + person));
        if (people.size() == AT_ONCE) {
            jobs.enqueue(
                    SLICE, new Slice(slice.from(), slice.to(), slice.monday(), people.getLast()));
        }
    }

    private Optional<Map<String, String>> said(Mail mail) {
        var person = mail.person();
        var from = mail.values().get("from");
        var to = mail.values().get("to");
        if (person == null || from == null || to == null) {
            return Optional.of(Map.of());
        }
        var all = notifications.between(person, Instant.parse(from), Instant.parse(to));
        var lines =
                all.stream()
                        .limit(LONGEST)
                        .map(it -> "· " + it.words())
                        .collect(Collectors.joining("\n"));
        var more = all.size() - LONGEST;
        var text = more > 0 ? lines + "\n" + say("mail.digest.more", more) : lines;
        return all.isEmpty() ? Optional.empty() : Optional.of(Map.of("text", text));
    }
}
