package org.stoa.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Keeps secrets that must be read again, as a fingerprint cannot: encrypted under a key that the
 * database does not hold, so that a copy of its tables tells none of them.
 */
@Component
public final class Sealer {
    private static final String HASH = "HmacSHA256";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random;
    private final byte[] key;

    /**
     * @param key the setting {@code secrets.key}
     * @param password the service login's, where there is no such setting
     */
    Sealer(
            SecureRandom random,
            @Value("${stoa.secrets.key:}") String key,
            @Value("${stoa.database.service.password:}") String password) {
        this.random = random;
        this.key = (key.isBlank() ? password : key).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param of what the secret belongs to; it opens for nothing else
     */
    public byte[] seal(String of, String secret) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var closed =
                    cipher(Cipher.ENCRYPT_MODE, of, nonce)
                            .doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(NONCE + closed.length).put(nonce).put(closed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret could not be sealed", e);
        }
    }

    /** Empty where it was sealed for something else, or under another key. */
    public Optional<String> open(String of, byte[] sealed) {
        if (sealed.length < NONCE) {
            return Optional.empty();
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, of, Arrays.copyOf(sealed, NONCE));
            var open = cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
            return Optional.of(new String(open, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, String of, byte[] nonce) throws GeneralSecurityException {
        if (key.length == 0) {
            throw new IllegalStateException("Without the setting secrets.key no secret is kept");
        }
        var mac = Mac.getInstance(HASH);
        mac.init(new SecretKeySpec(key, HASH));
        var own = mac.doFinal(("stoa sealed secret " + of).getBytes(StandardCharsets.UTF_8));
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(own, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
