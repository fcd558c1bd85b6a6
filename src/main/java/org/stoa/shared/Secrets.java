package org.stoa.shared;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Makes secrets that are shown once, and the fingerprint that is kept of them. */
@Component
public final class Secrets {
    private static final int BYTES = 32;
    private final SecureRandom random;

    Secrets(SecureRandom random) {
        this.random = random;
    }

    /** A new secret of 256 random bits, in URL-safe Base64 without padding (43 characters). */
    public String next() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 of a secret; a slow hash is not needed where 256 bits were drawn at random. */
    public static byte[] fingerprint(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
