package org.stoa.testing;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Hashes passwords of tests with the least memory that Argon2 can have: at what it costs a guesser,
 * sign-ins took most of the tests' time. The program's own parameters have a test for themselves.
 */
final class QuickHashes implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof Argon2PasswordEncoder
                ? new Argon2PasswordEncoder(16, 32, 1, 8, 1)
                : bean;
    }
}
