package org.stoa.messaging.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.identity.addresses.AddressLinks;
import org.stoa.identity.addresses.Purpose;
import org.stoa.identity.addresses.Recipient;
import org.stoa.jobs.JobRun;
import org.stoa.jobs.Jobs;
import org.stoa.messaging.Mail;
import org.stoa.messaging.MailKind;
import org.stoa.messaging.Mails;
import org.stoa.messaging.preferences.Preferences;
import org.stoa.messaging.templates.Frame;
import org.stoa.messaging.templates.MailTemplates;
import org.stoa.messaging.templates.Writing;
import org.stoa.shared.Language;
import org.stoa.shared.Words;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;

/**
 * Sends a mail: writes down that it is about to, calls the mail server outside of any transaction,
 * and writes down what that answered. A mail is sent by one worker at a time. Where a worker dies
 * between the server's answer and its writing that down, the mail goes once more under the same
 * Message-ID, and the attempt without an end says so.
 */
@Service
class Deliveries {
    private static final Logger log = LoggerFactory.getLogger(Deliveries.class);

    /** Longer than the longest call to a mail server. */
    private static final Duration CLAIM = Duration.ofMinutes(3);

    /** What servers say of an address that there is not (RFC 3463). */
    private static final Pattern NO_SUCH_ADDRESS =
            Pattern.compile("\\b55[0-9][ -]5\\.1\\.[0-9]+\\b");

    /** What makes words a link, to a reader or to a mail program. */
    private static final Pattern ADDRESS_MARKS =
            Pattern.compile("[\\[\\](){}<>@:/\\\\]|\\.(?=[\\p{L}\\p{N}])");

    /** As the log says them. */
    private static final String UNPROVED = "The address is not confirmed";

    private static final String PROVED = "The address is confirmed already";

    /** What it told of has passed. */
    private static final Carrier.Answer OVER =
            new Carrier.Answer(Carrier.Outcome.REFUSED, "It is over");

    private final DeliveryStore store;
    private final AddressLinks links;
    private final MailTemplates templates;
    private final Preferences preferences;
    private final Mails mails;
    private final TransactionTemplate later;
    private final Carrier carrier;
    private final Roots roots;
    private final Clock clock;

    Deliveries(
            Mails mails,
            DeliveryStore store,
            AddressLinks links,
            MailTemplates templates,
            Preferences preferences,
            PlatformTransactionManager transactions,
            Carrier carrier,
            Roots roots,
            Clock clock) {
        this.store = store;
        this.links = links;
        this.templates = templates;
        this.preferences = preferences;
        this.mails = mails;
        this.later = new TransactionTemplate(transactions);
        this.carrier = carrier;
        this.roots = roots;
        this.clock = clock;
        mails.carriedBy(this::deliver);
    }

    /** Thrown for the job to be tried again; the sentence is the mail server's. */
    static final class NotSent extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotSent(String words) {
            super(words);
        }
    }

    /** Thrown for the job to be dead at once, where an administrator finds it. */
    static final class Refused extends Jobs.Hopeless {
        private static final long serialVersionUID = 1L;

        Refused(String words) {
            super(words);
        }
    }

    /**
     * Where a mail goes, and the address of its link.
     *
     * @param secret whether the link opens an account
     */
    private record Destination(String address, String link, boolean secret) {}

    void deliver(Mail mail) {
        var school = Caller.current().school();
        var person = mail.person();
        var recipient = person == null ? null : links.recipient(school.id(), person).orElse(null);
        if (person != null && recipient == null) {
            log.info("A mail was for somebody who does not belong to the school any more");
            return;
        }
        var to = recipient == null ? mail.address() : recipient.email();
        store.keep(mail, to, JobRun.currentId(), clock.instant());
        if (!wanted(school, mail, recipient)) {
            return;
        }
        var now = clock.instant();
        var attempt = store.claim(mail.id(), JobRun.currentId(), now, now.plus(CLAIM));
        if (attempt.isEmpty()) {
            if (store.underWay(mail.id())) {
                throw new NotSent("Another worker is sending it");
            }
            return;
        }
        var answer = attempted(school, mail, recipient, attempt.get());
        if (answer.outcome().tryAgain()) {
            throw new NotSent(answer.words());
        }
        // That there is no such address nobody here can mend; whatever else is refused, they can.
        if (answer.outcome() == Carrier.Outcome.REFUSED
                && !answer.equals(OVER)
                && !unknown(answer)) {
            throw new Refused(answer.words());
        }
    }

    private static boolean last() {
        return JobRun.currentId() != null && JobRun.current().isLastAttempt();
    }

    private static boolean unknown(Carrier.Answer answer) {
        return NO_SUCH_ADDRESS.matcher(answer.words()).find();
    }

    /** A mail that is not wanted now is let wait, or left. */
    private boolean wanted(Organization school, Mail mail, @Nullable Recipient recipient) {
        if (recipient != null && recipient.proved() == (mail.kind() == MailKind.VERIFY)) {
            // Whose address that is nobody has shown: it gets what was asked for at it, or paid.
            boolean proof = mail.kind() == MailKind.VERIFY;
            if (proof || !mail.kind().required()) {
                var status = proof ? "not-wanted" : "unconfirmed";
                store.leave(mail.id(), status, proof ? PROVED : UNPROVED, clock.instant());
                return false;
            }
        }
        var address = recipient == null ? mail.address() : recipient.email();
        return switch (preferences.verdict(school, mail.kind(), mail.person(), address)) {
            case Preferences.Verdict.Send s -> true;
            case Preferences.Verdict.NotWanted(var words) -> {
                store.leave(mail.id(), "not-wanted", words, clock.instant());
                yield false;
            }
            case Preferences.Verdict.Hold(var until) -> {
                later.executeWithoutResult(status -> {
                    if (store.hold(mail.id(), until)) {
                        store.carriedBy(mail.id(), mails.hand(mail, until));
                    }
                });
                yield false;
            }
        };
    }

    private Carrier.Answer attempted(
            Organization school, Mail mail, @Nullable Recipient recipient, int attempt) {
        Optional<Envelope> envelope;
        try {
            envelope =
                    Words.in(language(school, recipient, mail), () -> mails.said(mail))
                            .flatMap(said ->
                                    destination(said, recipient)
                                            .map(it -> envelope(school, said, recipient, it)));
        } catch (RuntimeException e) {
            // Before the mail server was called: the next attempt need not wait for this one's end.
            var ended =
                    new Ended(Carrier.Outcome.LATER, "It could not be written", last(), null, null);
            store.end(mail.id(), attempt, ended, clock.instant());
            throw e;
        }
        var answer = envelope.map(carrier::carry).orElse(OVER);
        if (answer.outcome() == Carrier.Outcome.REFUSED && unknown(answer)) {
            envelope.ifPresent(it -> preferences.trouble(it.to(), "bounced", answer.words()));
        }
        var ended =
                new Ended(
                        answer.outcome(),
                        answer.words(),
                        last(),
                        envelope.map(Envelope::to).orElse(null),
                        envelope.map(it -> shown(it, answer, recipient)).orElse(null));
        store.end(mail.id(), attempt, ended, clock.instant());
        return answer;
    }

    private Envelope envelope(
            Organization school,
            Mail mail,
            @Nullable Recipient recipient,
            Destination destination) {
        var language = language(school, recipient, mail);
        var root = roots.of(school);
        var values = new HashMap<>(mail.values());
        values.put("name", recipient == null ? "" : name(recipient, destination.address()));
        values.put("school", school.name());
        values.put("link", root + destination.link());
        var accent = school.accent();
        boolean required = mail.kind().required() || recipient == null;
        var frame =
                new Frame(
                        school.name(),
                        root,
                        accent == null ? "" : accent,
                        language.tag(),
                        language.direction(),
                        required ? "" : root + "/account/messages");
        var letter =
                Words.in(
                        language,
                        () ->
                                Writing.write(
                                        templates.of(mail.kind(), language),
                                        values,
                                        mail.kind().markdown(),
                                        frame));
        return new Envelope(
                mail.id(),
                destination.address(),
                school.name(),
                templates.replyTo(),
                letter,
                clock.instant(),
                required || recipient == null
                        ? ""
                        : root + preferences.ending(recipient.person(), mail.kind()),
                destination.secret() ? root + destination.link() : "");
    }

    /**
     * As they typed it only where the address is theirs: else anybody could have an address written
     * to, with a name that sends its owner somewhere.
     */
    private static String name(Recipient to, String address) {
        return to.proved() && address.equals(to.email())
                ? to.name()
                : ADDRESS_MARKS.matcher(to.name()).replaceAll(" ").replaceAll("\\s+", " ").strip();
    }

    private Optional<Destination> destination(Mail mail, @Nullable Recipient to) {
        var path = Optional.of(mail.values().getOrDefault("path", "/"));
        return switch (mail.kind().target()) {
            case VERIFY -> theirs(to).map(it -> at(it, links.verify(it)));
            case RESET -> theirs(to).map(it -> at(it, links.reset(it)));
            case CHANGE_OLD -> changing(mail, Purpose.LEAVE);
            case CHANGE_NEW -> changing(mail, Purpose.ARRIVE);
            case INVITATION -> path.map(it -> new Destination(mail.address(), it, true));
            case PATH ->
                    path.map(it ->
                            new Destination(to == null ? mail.address() : to.email(), it, false));
        };
    }

    private static Optional<Recipient> theirs(@Nullable Recipient to) {
        return Optional.ofNullable(to);
    }

    private static Destination at(Recipient to, String path) {
        return new Destination(to.email(), path, true);
    }

    private Optional<Destination> changing(Mail mail, Purpose end) {
        var person = mail.person();
        var change = mail.values().get("change");
        return person == null || change == null
                ? Optional.empty()
                : links.change(person, UUID.fromString(change), end)
                        .map(it -> new Destination(it.address(), it.path(), true));
    }

    private static Language language(
            Organization school, @Nullable Recipient recipient, Mail mail) {
        var own = recipient == null ? null : recipient.language();
        if (own == null) {
            own = Language.of(mail.values().getOrDefault(Mail.LANGUAGE, ""));
        }
        if (own != null) {
            return own;
        }
        var ofSchool = Language.of(school.language());
        return ofSchool == null ? Language.english() : ofSchool;
    }

    /**
     * What the mailbox page keeps of a mail. A link that opens an account is left out, unless the
     * account is one that whoever reads the page may open anyway.
     */
    private static @Nullable Shown shown(
            Envelope envelope, Carrier.Answer answer, @Nullable Recipient recipient) {
        if (answer.outcome() != Carrier.Outcome.KEPT) {
            return null;
        }
        var letter = envelope.letter();
        boolean open = envelope.secret().isEmpty() || recipient == null || recipient.ordinary();
        var hidden = open ? "" : envelope.secret();
        return new Shown(
                letter.subject(), without(letter.text(), hidden), without(letter.html(), hidden));
    }

    private static String without(String words, String secret) {
        return secret.isEmpty() ? words : words.replace(secret, "https://hidden.invalid/");
    }

    /**
     * How an attempt ended.
     *
     * @param last whether its job is dead if it is to be tried again
     * @param to the address it went to; null where it went nowhere
     * @param shown null where the words are not kept
     */
    record Ended(
            Carrier.Outcome outcome,
            String answer,
            boolean last,
            @Nullable String to,
            @Nullable Shown shown) {
        String status() {
            return outcome.tryAgain() ? last ? "refused" : "waiting" : outcome.word();
        }
    }

    /** The words of a mail as the mailbox page keeps them. */
    record Shown(String subject, String text, String html) {}
}
