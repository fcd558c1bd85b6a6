package org.stoa.launch;

import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Keeps Spring Boot from logging a failed start for which the command line has a sentence, or of
 * which nobody wants to hear because the program was told to end. Named in {@code
 * META-INF/spring.factories}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class QuietRefusals implements SpringBootExceptionReporter {
    QuietRefusals(ConfigurableApplicationContext context) {}

    @Override
    public boolean reportException(Throwable failure) {
        return Program.ending() || Sentences.of(failure) != null;
    }
}
