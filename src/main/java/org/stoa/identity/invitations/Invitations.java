package org.stoa.identity.invitations;

import static org.stoa.shared.Words.say;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.stoa.identity.Entry;
import org.stoa.shared.Characters;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;
import org.stoa.shared.Secrets;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;
import org.stoa.web.limits.RateLimits;

/**
 * Invitations by link. The secret in the link is shown once, to who made it; what is kept is its
 * fingerprint.
 */
@Service
public class Invitations {
    static final int MOST_DAYS = 365;
    static final int MOST_USES = 10_000;
    private static final int LONGEST_PURPOSE = 300;

    /** Mail to addresses that a school's people have typed must not become a way to send spam. */
    private static final RateLimits.Rule MAILS_OF_SCHOOL =
            new RateLimits.Rule("invitations", 200, Duration.ofHours(1));

    private final InvitationStore store;
    private final Secrets secrets;
    private final RateLimits limits;
    private final ApplicationEventPublisher events;
    private final Ids ids;
    private final Clock clock;

    Invitations(
            InvitationStore store,
            Secrets secrets,
            RateLimits limits,
            ApplicationEventPublisher events,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.limits = limits;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * An invitation to be made.
     *
     * @param role null for those who teach at the school already
     * @param email the one address it holds for; empty for any
     * @param days how long it holds
     * @param uses how many may come in by it
     */
    public record Wish(@Nullable Role role, String purpose, String email, int days, int uses) {}

    /** An invitation that was just made, and the secret of its link. */
    public record Made(UUID id, String token) {
        /** The address of the link, below that of the school. */
        public String path() {
            return "/invited/" + token;
        }
    }

    /**
     * Makes one; where it holds for one address, its link goes there by mail too.
     *
     * @throws Problem.Invalid naming each wrong field: {@code role}, {@code email}, {@code days},
     *     {@code uses}
     * @throws Problem.Forbidden when the role is not the caller's to give
     */
    @Transactional
    public Made make(Wish wish) {
        requireMayGive(wish.role());
        check(wish);
        var made = new Made(ids.next(), secrets.next());
        var now = clock.instant();
        store.add(
                made.id(),
                fingerprint(made.token()),
                wish,
                Entry.emailKey(wish.email()),
                now,
                now.plus(Duration.ofDays(wish.days())));
        if (!wish.email().isBlank()) {
            var school = Caller.current().school().id();
            if (!limits.take(MAILS_OF_SCHOOL, school.toString()).granted()) {
                throw new Problem.Invalid("email", say("identity.invitations.tooMany"));
            }
            events.publishEvent(
                    new InvitationMade(school, made.id(), Entry.emailKey(wish.email())));
        }
        return made;
    }

    private static void check(Wish wish) {
        var errors = new ArrayList<FieldError>();
        if (wish.role() == Role.OWNER) {
            errors.add(new FieldError("role", say("identity.invitations.owners")));
        }
        if (!wish.email().isBlank()) {
            Entry.email("email", wish.email(), errors);
        }
        if (wish.days() < 1 || wish.days() > MOST_DAYS) {
            errors.add(new FieldError("days", say("identity.invitations.daysRange")));
        }
        if (wish.uses() < 1 || wish.uses() > MOST_USES) {
            errors.add(new FieldError("uses", say("identity.invitations.usesRange")));
        }
        if (wish.purpose().length() > LONGEST_PURPOSE
                || wish.purpose().codePoints().anyMatch(Characters::cannotBeKept)) {
            errors.add(new FieldError("purpose", say("identity.invitations.length")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(errors);
        }
    }

    /** Those that still hold, the latest first. */
    public List<Invitation> open() {
        return store.open(clock.instant());
    }

    /**
     * Who has come in by it stays; nobody else does. Repeating it changes nothing.
     *
     * @throws Problem.NotFound when the school has no such invitation
     */
    public void revoke(UUID id) {
        if (!store.revoke(id, clock.instant())) {
            throw new Problem.NotFound(say("problem.noSuchInvitation"));
        }
    }

    /** What is kept of a link's secret. */
    public static String fingerprint(String token) {
        return HexFormat.of().formatHex(Secrets.fingerprint(token));
    }

    private static void requireMayGive(@Nullable Role role) {
        var caller = Caller.current();
        if (!caller.isAtLeast(role == null ? Role.TEACHER : Role.ADMIN)) {
            throw new Problem.Forbidden(say("identity.invitations.admins"));
        }
    }
}
