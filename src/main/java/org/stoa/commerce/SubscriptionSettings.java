package org.stoa.commerce;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * @param grace for how long who has not paid a renewal stays in; a number alone is days
 */
@ConfigurationProperties("stoa.commerce")
public record SubscriptionSettings(
        @DefaultValue("3d") @DurationUnit(ChronoUnit.DAYS) Duration grace) {
    public SubscriptionSettings {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("stoa.commerce.grace is not less than nothing");
        }
    }
}
