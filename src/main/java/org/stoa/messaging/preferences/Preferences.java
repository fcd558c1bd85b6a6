package org.stoa.messaging.preferences;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.messaging.MailKind;
import org.stoa.shared.Problem;
import org.stoa.shared.Secrets;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;

/** What people want to be told, and when; what they need to come in, they are told always. */
@Service
public class Preferences {
    private final PreferenceStore store;
    private final Secrets secrets;
    private final Clock clock;

    Preferences(PreferenceStore store, Secrets secrets, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Whether a mail goes. */
    public sealed interface Verdict {
        record Send() implements Verdict {}

        /**
         * @param words why not, for the log
         */
        record NotWanted(String words) implements Verdict {}

        record Hold(Instant until) implements Verdict {}
    }

    public Verdict verdict(
            Organization school, MailKind kind, @Nullable UUID person, String email) {
        if (kind.rank() == MailKind.Rank.SIGN_IN) {
            return new Verdict.Send();
        }
        var known = store.known(person, email);
        if (!known.trouble().isEmpty()) {
            return new Verdict.NotWanted("The address has " + known.trouble());
        }
        if (kind.required()) {
            return new Verdict.Send();
        }
        if (known.unwanted().contains(kind.word())) {
            return new Verdict.NotWanted("The person does not want this kind of mail");
        }
        var hours = known.own() == null ? known.ofSchool() : known.own();
        if (hours == null) {
            return new Verdict.Send();
        }
        return hours.end(clock.instant(), zone(known.zone(), school))
                .<Verdict>map(Verdict.Hold::new)
                .orElseGet(Verdict.Send::new);
    }

    /** The path of a link by which a person ends a kind of mail without signing in. */
    public String ending(UUID person, MailKind kind) {
        var token = secrets.next();
        store.addEnding(fingerprint(token), person, kind.word(), clock.instant());
        return "/unsubscribe/" + token;
    }

    /**
     * Mail to an address came back, or its owner complained: seen by the current caller's school.
     */
    public void trouble(String email, String trouble, String words) {
        store.trouble(email, trouble, words, clock.instant());
    }

    /**
     * What a mail provider says became of a mail.
     *
     * @param mail of any school, by the first part of its Message-ID
     * @param trouble {@code bounced} or {@code complained}
     * @throws Problem.NotFound when no school has sent such a mail
     */
    public void report(UUID mail, String trouble, String words) {
        if (!store.report(mail, trouble, words, clock.instant())) {
            throw new Problem.NotFound(say("problem.noSuchMail"));
        }
    }

    /** The kinds that one may do without. */
    static List<MailKind> kinds() {
        return Arrays.stream(MailKind.values()).filter(kind -> !kind.required()).toList();
    }

    PreferenceStore.Known mine() {
        return store.known(Caller.current().personId(), "");
    }

    /** What somebody chose; null for hours leaves them to the school. */
    record Chosen(List<String> wanted, @Nullable QuietHours hours, String zone) {}

    /**
     * @throws Problem.Invalid for {@code timeZone}
     */
    void keep(Chosen chosen) {
        if (!chosen.zone().isEmpty() && !ZoneId.getAvailableZoneIds().contains(chosen.zone())) {
            throw new Problem.Invalid("timeZone", say("identity.zone.unknown"));
        }
        var unwanted =
                kinds().stream()
                        .map(MailKind::word)
                        .filter(kind -> !chosen.wanted().contains(kind))
                        .toList();
        store.keep(Caller.current().personId(), unwanted, chosen.hours(), chosen.zone());
    }

    /**
     * Which kind of mail a link ends.
     *
     * @throws Problem.NotFound when it is none of this school's
     */
    MailKind look(String token) {
        return kind(found(token).kind());
    }

    /** Ends it; repeating that changes nothing. */
    MailKind end(String token) {
        var ending = found(token);
        store.end(Caller.current().school().id(), ending);
        return kind(ending.kind());
    }

    private PreferenceStore.Ending found(String token) {
        return store.ending(Caller.current().school().id(), fingerprint(token))
                .orElseThrow(() -> new Problem.NotFound(say("mail.ending.stale")));
    }

    private static String fingerprint(String token) {
        return HexFormat.of().formatHex(Secrets.fingerprint(token));
    }

    private static MailKind kind(String word) {
        return kinds().stream()
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound(say("mail.ending.stale")));
    }

    private static ZoneId zone(String own, Organization school) {
        try {
            return own.isEmpty() ? school.timeZone() : ZoneId.of(own);
        } catch (DateTimeException unknown) {
            return school.timeZone();
        }
    }
}
