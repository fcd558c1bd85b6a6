package org.stoa.web.repeat;

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
 * Closes answers that are kept, so that only the same call opens them again. Names and keys come
 * from the call and from a secret that the database does not hold: with a copy of its tables alone,
 * nobody can try passwords against them. See docs/adr/0011.
 */
@Component
class Seals {
    private static final String HASH = "HmacSHA256";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final byte[] secret;

    /**
     * @param secret the service login's password; where it has none, answers are opened by the
     *     process that closed them, until it ends
     */
    Seals(@Value("${stoa.database.service.password:}") String secret) {
        this.secret =
                secret.isBlank()
                        ? random.generateSeed(32)
                        : secret.getBytes(StandardCharsets.UTF_8);
    }

    /** What a call with its key and body is known by. */
    @SuppressWarnings("ArrayRecordComponent") // No two seals are compared.
    record Seal(byte[] name, byte[] key) {}

    Seal of(String... call) {
        return of(new byte[0], call);
    }

    Seal of(byte[] body, String... call) {
        return new Seal(derived("name", body, call), derived("key", body, call));
    }

    byte[] close(Seal seal, byte[] answer) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, seal, nonce).doFinal(answer);
            return ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("An answer could not be sealed", e);
        }
    }

    /** Empty where it was closed by another seal. */
    Optional<byte[]> open(Seal seal, byte[] closed) {
        if (closed.length < NONCE) {
            return Optional.empty();
        }
        var nonce = Arrays.copyOf(closed, NONCE);
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, seal, nonce);
            return Optional.of(cipher.doFinal(closed, NONCE, closed.length - NONCE));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, Seal seal, byte[] nonce)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode, new SecretKeySpec(seal.key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    // Each part with its length before it, so that no two calls read the same.
    private byte[] derived(String what, byte[] body, String... call) {
        try {
            var mac = Mac.getInstance(HASH);
            mac.init(new SecretKeySpec(secret, HASH));
            add(mac, ("stoa kept answer " + what).getBytes(StandardCharsets.UTF_8));
            for (var part : call) {
                add(mac, part.getBytes(StandardCharsets.UTF_8));
            }
            add(mac, body);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + HASH, e);
        }
    }

    private static void add(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        mac.update(part);
    }
}
