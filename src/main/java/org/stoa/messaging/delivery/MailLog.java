package org.stoa.messaging.delivery;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.jobs.JobCancelled;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.Mails;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/** What a school has sent, for its administrators. */
@Service
public class MailLog {
    private static final int SHOWN = 100;

    private final DeliveryStore store;
    private final MailLogStore log;
    private final Mails mails;
    private final Jobs jobs;
    private final MailSettings settings;
    private final Clock clock;

    MailLog(
            DeliveryStore store,
            MailLogStore log,
            Mails mails,
            Jobs jobs,
            MailSettings settings,
            Clock clock) {
        this.store = store;
        this.log = log;
        this.mails = mails;
        this.jobs = jobs;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A mail in the list.
     *
     * @param status {@code waiting}, {@code sending}, {@code sent}, {@code kept}, {@code refused},
     *     {@code held}, {@code not-wanted}, {@code unconfirmed}, {@code broken-off}, {@code
     *     bounced} or {@code complained}
     * @param answer the mail server's last sentence
     */
    public record Line(
            UUID id,
            String kind,
            String recipient,
            String status,
            int attempts,
            String answer,
            Instant at) {
        /** Whether sending it once more may do some good, and no harm. */
        public boolean again() {
            return Set.of("waiting", "refused", "unconfirmed", "broken-off").contains(status);
        }
    }

    /** One call of a mail server; without an end nobody knows what it answered. */
    public record Attempt(
            int number, Instant begun, @Nullable Instant ended, String outcome, String answer) {}

    /**
     * A mail with all that is known of it.
     *
     * @param text null where the words are not kept
     */
    public record Whole(
            Line line,
            String subject,
            @Nullable String text,
            @Nullable String html,
            List<Attempt> attempts) {}

    /** Whether mail goes to a mail server; else it stands here. */
    public boolean sends() {
        return !settings.host().isEmpty();
    }

    /** The latest, of one status or (empty) of all. */
    public List<Line> latest(String status) {
        return log.latest(status, SHOWN, clock.instant());
    }

    /**
     * @throws Problem.NotFound when the school has no such mail
     */
    public Whole whole(UUID mail) {
        return log.whole(mail, clock.instant()).orElseThrow(MailLog::noSuchMail);
    }

    /**
     * Has a mail tried once more, at once.
     *
     * @throws Problem.NotFound when the school has no such mail
     * @throws Problem.Conflict when it was taken over by a mail server, or is being sent
     */
    @Transactional
    public void again(UUID mail) {
        var again = store.again(mail, clock.instant());
        if (again.isEmpty()) {
            whole(mail);
            throw new Problem.Conflict(say("mail.log.notAgain"));
        }
        // One job carries a mail through its life: else the dead one would stay among the dead.
        var job = again.get().job();
        if (job == null || !jobs.replay(job, Caller.current().name())) {
            store.carriedBy(mail, mails.hand(again.get().mail()));
        }
    }

    @EventListener
    void on(JobCancelled event) {
        store.broken(event.job(), clock.instant());
    }

    private static Problem.NotFound noSuchMail() {
        return new Problem.NotFound(say("problem.noSuchMail"));
    }
}
