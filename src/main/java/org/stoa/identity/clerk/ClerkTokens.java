package org.stoa.identity.clerk;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads Clerk's session tokens: JWTs signed by RS256 with a key of the issuer's, made by it, for a
 * party that is expected, and valid now, give or take five seconds.
 */
@Component
class ClerkTokens {
    private static final Duration LEEWAY = Duration.ofSeconds(5);
    private static final int LONGEST = 8_192;

    private final ClerkSettings settings;
    private final ClerkKeys keys;
    private final Clock clock;

    ClerkTokens(ClerkSettings settings, ClerkKeys keys, Clock clock) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
    }

    /** Clerk's id of whose token it is; empty when it means nothing here, or not now. */
    Optional<String> read(String token) {
        if (settings.issuer().isEmpty()
                || !token.startsWith("eyJ")
                || token.length() > LONGEST
                || token.chars().filter(c -> c == '.').count() != 2) {
            return Optional.empty();
        }
        try {
            var jwt = SignedJWT.parse(token);
            var header = jwt.getHeader();
            // The algorithm is ours to say, never the token's.
            if (!JWSAlgorithm.RS256.equals(header.getAlgorithm()) || header.getKeyID() == null) {
                return Optional.empty();
            }
            var key = keys.key(header.getKeyID());
            if (key == null || !jwt.verify(new RSASSAVerifier(key))) {
                return Optional.empty();
            }
            var claims = jwt.getJWTClaimsSet();
            return valid(claims) ? Optional.ofNullable(claims.getSubject()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    private boolean valid(JWTClaimsSet claims) throws ParseException {
        var now = clock.instant();
        return settings.issuer().equals(claims.getIssuer())
                && claims.getExpirationTime() != null
                && now.minus(LEEWAY).isBefore(claims.getExpirationTime().toInstant())
                && begun(claims.getNotBeforeTime())
                && party(claims.getStringClaim("azp"))
                // Signed in, and still asked for something: Clerk lets nobody through before that.
                && !"pending".equals(claims.getStringClaim("sts"));
    }

    private boolean begun(@Nullable Date notBefore) {
        return notBefore == null || !clock.instant().plus(LEEWAY).isBefore(notBefore.toInstant());
    }

    private boolean party(@Nullable String azp) {
        var expected = settings.parties();
        return expected.isEmpty() || (azp != null && expected.contains(azp));
    }
}
