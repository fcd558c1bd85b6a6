package org.stoa.identity;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Passwords, hashed two at once, in turn, so that a class signing up waits a moment rather than
 * taking the machine.
 */
@Component
class Passwords implements AutoCloseable {
    private static final int AT_ONCE = 2;

    private final Argon2PasswordEncoder argon2;
    // Threads of the system: a virtual one would hold its carrier for the whole hash, and with as
    // many hashes as processors no page would be answered meanwhile.
    private final ExecutorService turns =
            Executors.newFixedThreadPool(
                    AT_ONCE, Thread.ofPlatform().daemon().name("passwords-", 0).factory());
    private final Future<String> nobodys;

    Passwords(Argon2PasswordEncoder argon2) {
        this.argon2 = argon2;
        nobodys = turns.submit(() -> encode("nobody's password at all"));
    }

    /** What came of holding a password against a hash. */
    enum Check {
        RIGHT,
        WRONG,
        REFUSED
    }

    String hash(String password) {
        return await(turns.submit(() -> encode(password)));
    }

    /**
     * Takes the same time whether there is a hash or not.
     *
     * @param permitted asked when its turn has come, so that guesses sent all at once are counted
     *     one after the other
     */
    Check check(String password, @Nullable String hash, BooleanSupplier permitted) {
        Callable<Check> turn =
                () -> {
                    if (!permitted.getAsBoolean()) {
                        return Check.REFUSED;
                    }
                    var against = hash == null ? await(nobodys) : hash;
                    boolean same = argon2.matches(password, against);
                    return same && hash != null ? Check.RIGHT : Check.WRONG;
                };
        return await(turns.submit(turn));
    }

    @Override
    public void close() {
        turns.shutdownNow();
    }

    private String encode(String password) {
        return String.valueOf(argon2.encode(password));
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a password was checked", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A password could not be checked", e.getCause());
        }
    }
}
