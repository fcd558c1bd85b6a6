package org.stoa.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.stoa.stripe.StripeDouble;

/**
 * The one double of Stripe of a test run, which every {@link StoaTest}'s program calls: jobs are
 * done by whichever of them takes them first. Schools have accounts of their own at it.
 */
public final class StripeAtHand {
    private static final Ahead TIME = new Ahead();
    private static final StripeDouble DOUBLE = new StripeDouble(TIME, 0);

    private StripeAtHand() {}

    public static StripeDouble stripe() {
        return DOUBLE;
    }

    /** Lets this much time pass here and there. */
    public static void pass(Clock injected, Duration time) {
        SetClock.of(injected).pass(time);
        TIME.ahead = TIME.ahead.plus(time);
        DOUBLE.settle();
    }

    /** Shows the system's time again, here and there. */
    public static void putRight(Clock injected) {
        SetClock.of(injected).putRight();
        TIME.ahead = Duration.ZERO;
    }

    private static final class Ahead extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead);
        }
    }
}
