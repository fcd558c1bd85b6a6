package org.stoa.jobs;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this process works on jobs.
 *
 * @param enabled a process may take none
 * @param critical threads of that lane, and so on
 * @param heartbeat how often a worker says that it lives; after four of them it is given up
 * @param keptDays how long jobs that are done are remembered
 */
@ConfigurationProperties("stoa.jobs")
public record JobSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("6") int critical,
        @DefaultValue("6") int standard,
        @DefaultValue("4") int bulk,
        @DefaultValue("3s") Duration heartbeat,
        @DefaultValue("250ms") Duration polling,
        @DefaultValue("7") int keptDays) {
    int threads(JobKind.Lane lane) {
        return switch (lane) {
            case CRITICAL -> critical;
            case DEFAULT -> standard;
            case BULK -> bulk;
        };
    }
}
