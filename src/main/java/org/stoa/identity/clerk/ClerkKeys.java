package org.stoa.identity.clerk;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The public keys of Clerk's session tokens. One that is not known is looked for at most once a
 * minute, so that made-up ids of keys cannot make this server call another all the time; known ones
 * are looked at anew every hour, so that one that was taken away ends.
 */
@Component
class ClerkKeys {
    private static final Logger log = LoggerFactory.getLogger(ClerkKeys.class);
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int OK = 200;

    private final ClerkSettings settings;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile Map<String, RSAPublicKey> keys = Map.of();
    private volatile Instant asked = Instant.EPOCH;

    ClerkKeys(ClerkSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Nullable RSAPublicKey key(String id) {
        var key = keys.get(id);
        var age = Duration.between(asked, clock.instant());
        if (key != null && age.compareTo(FRESH) < 0) {
            return key;
        }
        fetching.lock();
        try {
            if (Duration.between(asked, clock.instant()).compareTo(BETWEEN) >= 0) {
                asked = clock.instant();
                fetch();
            }
        } finally {
            fetching.unlock();
        }
        return keys.get(id);
    }

    private void fetch() {
        var address =
                settings.jwksUrl().isEmpty()
                        ? settings.issuer() + "/.well-known/jwks.json"
                        : settings.jwksUrl();
        try {
            var request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
            var answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != OK) {
                throw new IOException("It answered " + answer.statusCode());
            }
            var found = new HashMap<String, RSAPublicKey>();
            for (var key : JWKSet.parse(answer.body()).getKeys()) {
                if (key instanceof RSAKey rsa && key.getKeyID() != null) {
                    found.put(key.getKeyID(), rsa.toRSAPublicKey());
                }
            }
            keys = Map.copyOf(found);
        } catch (IOException | ParseException | JOSEException e) {
            log.warn("The keys of Clerk's tokens could not be read from {}", address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
