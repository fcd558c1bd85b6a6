package org.stoa.jobs;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** After 1, 2, 4, … seconds, up to an hour or so, each up to half as long again by chance. */
final class Retries {
    private static final int LONGEST_EXPONENT = 12;

    private final RandomGenerator random;

    Retries(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param attempt the one that failed, from 1
     */
    Duration wait(int attempt) {
        long millis = 1_000L << Math.min(attempt - 1, LONGEST_EXPONENT);
        return Duration.ofMillis(millis + random.nextLong(millis / 2 + 1));
    }
}
