package org.stoa.identity;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id at the parameters of OWASP's password storage cheat sheet: 19 MiB, two passes, one lane.
 */
@Configuration(proxyBeanMethods = false)
class PasswordHashing {
    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19_456;
    private static final int PASSES = 2;

    @Bean
    static Argon2PasswordEncoder asOwaspSays() {
        return new Argon2PasswordEncoder(SALT, HASH, LANES, MEMORY_KIB, PASSES);
    }
}
