package org.stoa.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * The clock of every {@link StoaTest}: the system's, until a test puts it forward. Inject the
 * {@link Clock} and cast it, or take {@link #of}; put it right again when the test is over.
 */
public final class SetClock extends Clock {
    private final Clock system;
    private volatile Duration ahead = Duration.ZERO;

    private SetClock(Clock system) {
        this.system = system;
    }

    public static SetClock of(Clock injected) {
        return (SetClock) injected;
    }

    /** Lets this much time pass at once. */
    public void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    /** Shows the system's time again. */
    public void putRight() {
        ahead = Duration.ZERO;
    }

    @Override
    public ZoneId getZone() {
        return system.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return system.withZone(zone);
    }

    @Override
    public Instant instant() {
        return system.instant().plus(ahead);
    }

    /** Puts it in the place of the program's own. */
    static final class InPlace implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof Clock clock ? new SetClock(clock) : bean;
        }
    }
}
