package org.stoa.messaging;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.jobs.JobKind;
import org.stoa.jobs.Jobs;
import org.stoa.shared.Ids;

/** Hands in mail, as a job in the transaction of what it tells of. */
@Component
public class Mails {
    /** One kind of job for each rank, since lanes are of kinds. */
    private static final JobKind<Mail> SIGN_IN =
            new JobKind<>("sign-in-mail", Mail.class, JobKind.Lane.CRITICAL);

    private static final JobKind<Mail> USUAL =
            new JobKind<>("mail", Mail.class, JobKind.Lane.DEFAULT);
    private static final JobKind<Mail> BULK =
            new JobKind<>("bulk-mail", Mail.class, JobKind.Lane.BULK);

    private final Jobs jobs;
    private final Ids ids;
    private final Map<MailKind, Saying> sayings = new ConcurrentHashMap<>();

    Mails(Jobs jobs, Ids ids) {
        this.jobs = jobs;
        this.ids = ids;
    }

    /** Who carries mail says so here, while the program starts. */
    public void carriedBy(Jobs.Work<Mail> work) {
        List.of(SIGN_IN, USUAL, BULK).forEach(kind -> jobs.register(kind, work));
    }

    /**
     * What a mail says that its job does not hold, because it is long, or a secret, or known only
     * when it is sent: further values for its template, and {@code path}. Empty when there is
     * nothing to be sent any more.
     */
    @FunctionalInterface
    public interface Saying {
        Optional<Map<String, String>> of(Mail mail);
    }

    /** Who knows more of a kind of mail says so here, while the program starts. */
    public void saying(MailKind kind, Saying saying) {
        sayings.put(kind, saying);
    }

    /** The mail with all that it says; empty when it is over. */
    public Optional<Mail> said(Mail mail) {
        var saying = sayings.get(mail.kind());
        return saying == null
                ? Optional.of(mail)
                : saying.of(mail)
                        .map(more -> {
                            var all = new HashMap<>(mail.values());
                            all.putAll(more);
                            return mail.saying(all);
                        });
    }

    /** To a person, at the address they have when it is sent. */
    public void send(MailKind kind, UUID person, Map<String, String> values, String about) {
        hand(new Mail(ids.next(), kind, person, "", values, about));
    }

    /** To an address, which may be nobody's here. */
    public void send(
            MailKind kind,
            @Nullable UUID person,
            String address,
            Map<String, String> values,
            String about) {
        hand(new Mail(ids.next(), kind, person, address, values, about));
    }

    /** Hands in a mail that was handed in before, to be tried once more; says by which job. */
    public UUID hand(Mail mail) {
        return jobs.enqueue(kind(mail), mail);
    }

    /** The same, to be tried at a time. */
    public UUID hand(Mail mail, Instant due) {
        return jobs.enqueue(kind(mail), mail, due);
    }

    private static JobKind<Mail> kind(Mail mail) {
        return switch (mail.kind().rank()) {
            case SIGN_IN -> SIGN_IN;
            case USUAL -> USUAL;
            case BULK -> BULK;
        };
    }
}
