package org.stoa.inbox.sources;

import static org.stoa.shared.Words.say;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.inbox.SchoolSource;
import org.stoa.inbox.WebhookSource;
import org.stoa.shared.Problem;
import org.stoa.shared.Sealer;
import org.stoa.tenancy.Caller;

/**
 * The sources that a school adds for systems of its own: signed by the rules of Standard Webhooks,
 * with a secret that is shown once. What they send is kept and shown; nothing else follows.
 */
@Service
class Sources implements SchoolSource {
    private static final Pattern NAME = Pattern.compile("[a-z0-9](-?[a-z0-9])*");
    private static final int LONGEST_NAME = 40;
    private static final int SECRET_BYTES = 24;

    private final SourceStore store;
    private final List<WebhookSource> taken;
    private final Sealer sealer;
    private final SecureRandom random;
    private final Clock clock;

    Sources(
            SourceStore store,
            List<WebhookSource> taken,
            Sealer sealer,
            SecureRandom random,
            Clock clock) {
        this.store = store;
        this.taken = taken;
        this.sealer = sealer;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A source of the caller's school.
     *
     * @param rotatedAt when its secret was last renewed; null when never
     * @param two whether the secret before it serves as well
     */
    record Own(String name, Instant createdAt, @Nullable Instant rotatedAt, boolean two) {}

    List<Own> list() {
        return store.list();
    }

    /**
     * @return its secret, seen this once
     * @throws Problem.Invalid for a {@code name} that is none, or is taken
     */
    String add(@Nullable String typed) {
        var name = typed == null ? "" : typed.strip();
        if (name.length() < 2 || name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
            throw new Problem.Invalid("name", say("inbox.sources.name.form"));
        }
        boolean reserved = taken.stream().anyMatch(one -> one.name().equals(name));
        var caller = Caller.current();
        var secret = secret();
        var sealed = sealer.seal(purpose(caller.school().id(), name), secret);
        if (reserved || !store.add(name, sealed, caller.person(), clock.instant())) {
            throw new Problem.Invalid("name", say("inbox.sources.name.taken"));
        }
        return secret;
    }

    /** A new secret; the one before it serves on until it is retired. */
    String rotate(String name) {
        var secret = secret();
        var sealed = sealer.seal(purpose(Caller.current().school().id(), name), secret);
        required(store.rotate(name, sealed, clock.instant()));
        return secret;
    }

    void retire(String name) {
        required(store.retire(name));
    }

    /** What it sent stays. */
    void remove(String name) {
        required(store.remove(name));
    }

    private static void required(boolean there) {
        if (!there) {
            throw new Problem.NotFound(say("inbox.sources.none"));
        }
    }

    @Override
    public List<String> secrets(UUID school, String name) {
        return store.sealed(school, name).stream()
                .map(sealed -> sealer.open(purpose(school, name), sealed))
                .flatMap(Optional::stream)
                .toList();
    }

    private String secret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return "whsec_" + Base64.getEncoder().encodeToString(bytes);
    }

    private static String purpose(UUID school, String name) {
        return "webhook source " + school + " " + name;
    }
}
