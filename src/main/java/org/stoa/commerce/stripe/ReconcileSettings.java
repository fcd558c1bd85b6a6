package org.stoa.commerce.stripe;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * How often the school's books are held against the provider's.
 *
 * @param reconcileEvery at least a second; a number alone is seconds
 */
@ConfigurationProperties("stoa.commerce")
record ReconcileSettings(
        @DefaultValue("5m") @DurationUnit(ChronoUnit.SECONDS) Duration reconcileEvery) {
    ReconcileSettings {
        if (reconcileEvery.toSeconds() < 1) {
            throw new IllegalArgumentException("stoa.commerce.reconcile-every is at least 1s");
        }
    }
}
