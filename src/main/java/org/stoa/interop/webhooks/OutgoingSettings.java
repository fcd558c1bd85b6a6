package org.stoa.interop.webhooks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How webhooks go out.
 *
 * @param internal lets them go to this machine and its network, over http too: for tests only
 * @param retrySeconds the waits between tries, separated by commas; after the last, an event is
 *     given up
 * @param disableAfterDays of nothing but failure, an address is not tried any more
 */
@ConfigurationProperties("stoa.webhooks")
public record OutgoingSettings(
        @DefaultValue("false") boolean internal,
        @DefaultValue("5,300,1800,7200,18000,36000,36000,86400,86400") String retrySeconds,
        @DefaultValue("5") int disableAfterDays) {
    List<Duration> waits() {
        return Arrays.stream(retrySeconds.split(",", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .toList();
    }
}
