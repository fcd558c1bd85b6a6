package org.stoa.messaging.letters;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.stoa.catalog.markdown.Remarks;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.LookingAfterStore;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.Mails;
import org.stoa.messaging.letters.LetterNewsStore.Told;
import org.stoa.messaging.notifications.Notifications;
import org.stoa.tenancy.Caller;
import org.stoa.web.live.Audiences;
import org.stoa.web.live.EventStreams;

/**
 * Tells of letters: open pages at once, and, by mail, whoever has not read one after a while. Of
 * several unread letters of a conversation nobody is told more than once.
 */
@Component
class LetterNews {
    /** A letter that was written. */
    record Written(UUID letter) {}

    /** A letter that somebody may not have read. */
    record Unread(UUID letter, UUID reader, String path, String about) {}

    private static final JobKind<Written> TELL =
            new JobKind<>("tell-of-letter", Written.class, JobKind.Lane.DEFAULT).inOneTransaction();
    private static final JobKind<Unread> MAIL =
            new JobKind<>("mail-of-letter", Unread.class, JobKind.Lane.DEFAULT).inOneTransaction();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int EXCERPT = 300;
    // Open pages ask anew every few minutes.
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final LetterNewsStore store;
    private final LookingAfterStore lookingAfter;
    private final Notifications notifications;
    private final Mails mails;
    private final EventStreams streams;
    private final Audiences audiences;
    private final Jobs jobs;
    private final Clock clock;

    LetterNews(
            LetterNewsStore store,
            LookingAfterStore lookingAfter,
            Notifications notifications,
            Mails mails,
            EventStreams streams,
            Audiences audiences,
            Jobs jobs,
            Clock clock) {
        this.store = store;
        this.lookingAfter = lookingAfter;
        this.notifications = notifications;
        this.mails = mails;
        this.streams = streams;
        this.audiences = audiences;
        this.jobs = jobs;
        this.clock = clock;
        jobs.register(TELL, this::tell);
        jobs.register(MAIL, this::mail);
    }

    void written(Conversation at, UUID letter) {
        jobs.enqueue(TELL, new Written(letter));
        hint(Caller.current().personId(), at.about());
    }

    /** The caller has the conversation open. */
    void join(Conversation at) {
        audiences.join("letters-" + at.about(), KEPT);
    }

    /** Read by the caller, here: so on their other pages too, and marked for the other side. */
    void read(Conversation at) {
        hint(Caller.current().personId(), at.about());
        audiences.tell("letters-" + at.about(), "letter", "{\"about\":\"" + at.about() + "\"}");
    }

    private void hint(UUID person, String about) {
        streams.send(
                Caller.current().school().id(), person, "letter", "{\"about\":\"" + about + "\"}");
    }

    private void tell(Written written) {
        store.letter(written.letter())
                .ifPresent(it -> {
                    var readers =
                            it.staff() ? List.of(it.learner()) : lookingAfter.of(it.courseId());
                    readers.stream()
                            .filter(reader -> !reader.equals(it.authorId()))
                            .forEach(reader -> tell(it, written.letter(), reader));
                });
    }

    private void tell(Told it, UUID letter, UUID reader) {
        var path = "/messages/" + it.course() + (it.staff() ? "" : "/" + it.learner());
        var about =
                "letter %s %s %s"
                        .formatted(it.courseId(), it.learner(), store.readUntil(it, reader));
        hint(reader, it.courseId() + "/" + it.learner());
        var values = Map.of("who", it.author(), "course", it.title());
        if (!notifications.tell(List.of(reader), "letter", values, path, about).isEmpty()) {
            jobs.enqueue(
                    MAIL, new Unread(letter, reader, path, about), clock.instant().plus(PATIENCE));
        }
    }

    private void mail(Unread unread) {
        store.letter(unread.letter())
                .filter(it -> {
                    var until = store.readUntil(it, unread.reader());
                    return until == null
                            || until.toString().compareTo(unread.letter().toString()) < 0;
                })
                .ifPresent(it ->
                        mails.send(
                                MailKind.MESSAGE,
                                unread.reader(),
                                Map.of(
                                        "who", it.author(),
                                        "course", it.title(),
                                        "text", Remarks.excerpt(it.markdown(), EXCERPT),
                                        "path", unread.path()),
                                unread.about() + " " + unread.reader()));
    }
}
