package org.stoa.identity;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Argon2id at the parameters of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane.
 * Only as many at once as there are processors, so that a class signing up waits a moment rather
 * than taking the machine.
 */
@Component
class Passwords {
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT, HASH, LANES, MEMORY_KIB, PASSES);
    private final Semaphore turns =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
    private final String nobodys = argon2.encode("the password of nobody at all");

    String hash(String password) {
        turns.acquireUninterruptibly();
        try {
            return String.valueOf(argon2.encode(password));
        } finally {
            turns.release();
        }
    }

    /** Takes the same time whether there is a hash or not. */
    boolean matches(String password, @Nullable String hash) {
        turns.acquireUninterruptibly();
        try {
            return argon2.matches(password, hash == null ? nobodys : hash) && hash != null;
        } finally {
            turns.release();
        }
    }
}
