package org.stoa.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

/** A test of the whole program: real HTTP on a port of its own, the real database. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            // Jobs and events are done by whichever program takes them first, so all must do alike.
            "stoa.webhooks.internal=true",
            "stoa.webhooks.retry-seconds=1,1",
            "stoa.inbox.attempts=4",
            // However slow the machine; the bench measures what is done within the half second.
            "stoa.inbox.at-once-millis=4000"
        })
@ContextConfiguration(initializers = TestDatabase.Initializer.class)
public @interface StoaTest {}
