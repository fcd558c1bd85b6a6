package org.stoa.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.shared.Secrets;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Organization;
import org.stoa.tenancy.Signals;
import org.stoa.web.access.Credentials;
import org.stoa.web.live.EventStreams;

/**
 * Knows again who was recognised a moment ago. What changes about a person (a role, a suspension,
 * an ended session, a revoked token) is told to every node and forgotten at once; a node that
 * missed it forgets within a minute.
 */
@Component
public class Recognition {
    /** The signal that a person must be looked at anew; it carries their id. */
    static final String CHANGED = "person";

    private static final Duration BETWEEN_NOTES = Duration.ofMinutes(1);
    private static final Duration FORGET_AFTER = Duration.ofMinutes(1);

    private final SessionStore store;
    private final LastSeen lastSeen;
    private final Clock clock;
    private final Cache<Key, Known> known =
            Caffeine.newBuilder().maximumSize(200_000).expireAfterWrite(FORGET_AFTER).build();
    // What was read before the last news of a person is not used, even where the reading ended
    // after the news came.
    private final AtomicLong news = new AtomicLong();
    private final Cache<UUID, Long> changed =
            Caffeine.newBuilder()
                    .maximumSize(200_000)
                    .expireAfterWrite(Duration.ofMinutes(1))
                    .build();

    Recognition(
            SessionStore store,
            LastSeen lastSeen,
            EventStreams streams,
            Signals signals,
            Clock clock) {
        this.store = store;
        this.lastSeen = lastSeen;
        this.clock = clock;
        signals.listen(
                CHANGED,
                text -> {
                    var person = UUID.fromString(text);
                    forget(person);
                    streams.end(person);
                });
    }

    private record Key(Credentials.Kind kind, String fingerprint, @Nullable UUID organization) {}

    /**
     * What was found.
     *
     * @param asOf how much news had come when it began to be read
     */
    private record Known(Optional<SessionStore.Recognised> who, long asOf) {}

    @Nullable Caller recognise(
            Credentials.Kind kind, @Nullable Organization school, String secret) {
        var hash = Secrets.fingerprint(secret);
        var organization = school == null ? null : school.id();
        var key = new Key(kind, Base64.getEncoder().encodeToString(hash), organization);
        var found = known.getIfPresent(key);
        if (found == null || outdated(found)) {
            long asOf = news.get();
            found = new Known(look(kind, hash, organization), asOf);
            known.put(key, found);
        }
        return caller(kind, school, found);
    }

    private static @Nullable Caller caller(
            Credentials.Kind kind, @Nullable Organization school, Known found) {
        if (found.who().isEmpty()) {
            return null;
        }
        var who = found.who().get();
        boolean stranger = school != null && who.role() == null;
        if (stranger && kind == Credentials.Kind.BEARER) {
            return null;
        }
        return new Caller(
                school,
                who.person(),
                who.name(),
                who.role(),
                who.suspended(),
                who.platformAdmin(),
                who.language());
    }

    /** Somebody whom another's token vouches for; a bearer who does not belong here is nobody. */
    public @Nullable Caller recognise(
            Credentials.Kind kind, @Nullable Organization school, UUID person) {
        var organization = school == null ? null : school.id();
        var key = new Key(kind, person.toString(), organization);
        var found = known.getIfPresent(key);
        if (found == null || outdated(found)) {
            long asOf = news.get();
            found = new Known(store.byPerson(person, organization), asOf);
            known.put(key, found);
        }
        return caller(kind, school, found);
    }

    private Optional<SessionStore.Recognised> look(
            Credentials.Kind kind, byte[] hash, @Nullable UUID organization) {
        var now = clock.instant();
        var found =
                kind == Credentials.Kind.BEARER
                        ? store.byToken(hash, organization, now)
                        : store.bySession(hash, organization, now);
        found.ifPresent(who -> note(who, hash));
        return found;
    }

    /** Notes that a session was seen, off the path of the request. */
    private void note(SessionStore.Recognised who, byte[] hash) {
        var now = clock.instant();
        var seen = who.seen();
        if (seen == null || seen.plus(BETWEEN_NOTES).isBefore(now)) {
            lastSeen.note(who.session(), hash, now);
        }
    }

    private boolean outdated(Known found) {
        return found.who()
                .map(who -> changed.getIfPresent(who.person()))
                .filter(since -> since > found.asOf())
                .isPresent();
    }

    private void forget(UUID person) {
        changed.asMap().merge(person, news.incrementAndGet(), Math::max);
    }
}
