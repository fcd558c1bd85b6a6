package org.stoa.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.stoa.identity.Passwords.Check;

/** Passwords as they are kept. */
class PasswordsTest {
    private static final int TIMES = 12;

    private final Passwords passwords = new Passwords(PasswordHashing.asOwaspSays());

    @AfterEach
    void end() {
        passwords.close();
    }

    @Test
    void theyAreKeptAsArgon2idAtTheParametersThatOwaspGives() {
        var hash = passwords.hash("a long walk along the sea");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.hash("a long walk along the sea")).isNotEqualTo(hash);
    }

    @Test
    void onlyTheRightOneIsRightAndNobodysNever() {
        var hash = passwords.hash("naïve 🎹 pass\u0000phrase");
        assertThat(passwords.check("naïve 🎹 pass\u0000phrase", hash, () -> true))
                .isEqualTo(Check.RIGHT);
        assertThat(passwords.check("naïve 🎹 passphrase", hash, () -> true)).isEqualTo(Check.WRONG);
        assertThat(passwords.check("nobody's password at all", null, () -> true))
                .isEqualTo(Check.WRONG);
        assertThat(passwords.check("naïve 🎹 pass\u0000phrase", hash, () -> false))
                .isEqualTo(Check.REFUSED);
    }

    @Test
    void anAbsentAccountTakesAsLongAsAWrongPassword() {
        var hash = passwords.hash("a long walk along the sea");
        passwords.check("warm up", null, () -> true);
        long wrong = Long.MAX_VALUE;
        long absent = Long.MAX_VALUE;
        // In turn, and the quickest of each: whatever else the machine does slows both.
        for (int i = 0; i < TIMES; i++) {
            wrong = Math.min(wrong, time(hash));
            absent = Math.min(absent, time(null));
        }
        assertThat((double) absent / wrong).isBetween(0.5, 2.0);
    }

    private long time(@org.jspecify.annotations.Nullable String hash) {
        long start = System.nanoTime();
        passwords.check("some wild guess", hash, () -> true);
        return System.nanoTime() - start;
    }
}
