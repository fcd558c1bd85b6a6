package org.stoa.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Ids;
import org.stoa.shared.Secrets;
import org.stoa.tenancy.Signals;

/**
 * Sessions, tokens and the codes that carry a sign-in from one host to another. Every secret is
 * shown once and kept as its fingerprint.
 */
@Service
public class Sessions {
    /** How long a session lives after it was last seen. */
    public static final Duration LIFETIME = Duration.ofDays(30);

    /**
     * How long a browser keeps the cookie: as long as browsers keep any, since a session that is
     * used goes on, and one that is not ends here.
     */
    public static final Duration COOKIE_LIFETIME = Duration.ofDays(400);

    private static final Duration CODE_LIFETIME = Duration.ofSeconds(60);
    private static final int LONGEST_DEVICE = 200;

    private final SessionStore store;
    private final Secrets secrets;
    private final Signals signals;
    private final Ids ids;
    private final Clock clock;

    Sessions(SessionStore store, Secrets secrets, Signals signals, Ids ids, Clock clock) {
        this.store = store;
        this.secrets = secrets;
        this.signals = signals;
        this.ids = ids;
        this.clock = clock;
    }

    /** The device that a session begins at, as its request describes it. */
    public record Device(@Nullable String userAgent, String address) {}

    /** A session that just began; the secret is not kept anywhere. */
    public record Begun(UUID signIn, String secret) {}

    /**
     * Begins a session at a host.
     *
     * @param organization null for the platform's own host
     * @param signIn the sign-in it belongs to; null begins a new one
     */
    public Begun begin(
            UUID person, @Nullable UUID organization, @Nullable UUID signIn, Device device) {
        var secret = secrets.next();
        var now = clock.instant();
        var id = ids.next();
        var belongsTo = signIn == null ? id : signIn;
        store.add(
                new SessionStore.Fresh(
                        id,
                        belongsTo,
                        person,
                        organization,
                        Secrets.fingerprint(secret),
                        Entry.shortened(device.userAgent(), LONGEST_DEVICE),
                        device.address(),
                        now,
                        now.plus(LIFETIME)));
        return new Begun(belongsTo, secret);
    }

    /** A new API token of a person; the answer is the only time it is seen. */
    public String newToken(UUID person, String name) {
        var secret = secrets.next();
        store.addToken(ids.next(), person, name, Secrets.fingerprint(secret), clock.instant());
        return secret;
    }

    /**
     * A code that begins a session of the same sign-in at another host, once, within a minute.
     *
     * @param tie what the browser must hold at the other host for the code to serve there
     */
    public String carry(UUID person, UUID signIn, @Nullable UUID organization, String tie) {
        var code = secrets.next();
        store.addCode(
                tied(code, tie),
                person,
                signIn,
                organization,
                clock.instant(),
                clock.instant().plus(CODE_LIFETIME));
        return code;
    }

    /** Uses the code up; empty when it is not one for this host, was used, or is too old. */
    public Optional<Begun> arrive(
            String code, String tie, @Nullable UUID organization, Device device) {
        return store.takeCode(tied(code, tie), organization, clock.instant())
                .map(c -> begin(c.person(), organization, c.signIn(), device));
    }

    /** The fingerprint of a code with what it is tied to. */
    static byte[] tied(String code, String tie) {
        return Secrets.fingerprint(code + ' ' + tie);
    }

    /** The sign-in that a session's secret belongs to. */
    public Optional<UUID> signIn(@Nullable String secret) {
        return secret == null ? Optional.empty() : store.signIn(Secrets.fingerprint(secret));
    }

    /** Ends a sign-in at every host. */
    public void end(UUID person, UUID signIn) {
        store.end(person, signIn);
        signals.send(Recognition.CHANGED, person.toString());
    }

    /** Ends every sign-in of a person but this one; all of them where none is given. */
    public void endOthers(UUID person, @Nullable UUID signIn) {
        store.endOthers(person, signIn);
        signals.send(Recognition.CHANGED, person.toString());
    }
}
