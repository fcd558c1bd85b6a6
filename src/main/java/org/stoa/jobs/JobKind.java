package org.stoa.jobs;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A kind of job, and how its jobs are done. Made with the three that matter, and changed from
 * there: {@code new JobKind<>("send-mail", Mail.class,
 * Lane.CRITICAL).attempts(30).perSchool(limit)}.
 *
 * @param name words with hyphens, kept in the database: it outlives releases of the program
 * @param payload a record of ids and plain values, kept as JSON
 * @param attempts how often a job is tried before it is dead
 * @param timeLimit after which an attempt is interrupted, and counts as failed
 * @param limit how many may begin in a while, over all schools; null for any number
 * @param schoolLimit the same for each school alone
 * @param oneTransaction the work is one transaction, and the job ends in it: what it writes, it
 *     writes once. Not for work that calls others, see {@link JobRun#finish}
 */
public record JobKind<P>(
        String name,
        Class<P> payload,
        Lane lane,
        int attempts,
        Duration timeLimit,
        @Nullable Limit limit,
        @Nullable Limit schoolLimit,
        boolean oneTransaction) {
    /**
     * With these, and waits of 1, 2, 4, … seconds up to an hour or so, a job is tried for half a
     * day.
     */
    private static final int USUAL_ATTEMPTS = 20;

    private static final Duration USUAL_TIME = Duration.ofMinutes(10);

    /** How urgent. Each lane has threads of its own, so none waits for another. */
    public enum Lane {
        CRITICAL(30),
        DEFAULT(20),
        BULK(10);

        private final int priority;

        Lane(int priority) {
            this.priority = priority;
        }

        /** The number that the database knows it by. */
        public int priority() {
            return priority;
        }

        public static Lane of(int priority) {
            for (var lane : values()) {
                if (lane.priority == priority) {
                    return lane;
                }
            }
            return priority > DEFAULT.priority ? CRITICAL : BULK;
        }

        /** As people and addresses say it: {@code critical}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** So many in a while, evenly; as many at once after a quiet time. */
    public record Limit(int many, Duration in) {
        public Limit {
            if (many < 1 || in.isNegative() || in.isZero()) {
                throw new IllegalArgumentException("At least one, in some time");
            }
        }

        Duration gap() {
            return in.dividedBy(many);
        }
    }

    public JobKind {
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*") || attempts < 1) {
            throw new IllegalArgumentException("Not a kind of job: " + name);
        }
    }

    public JobKind(String name, Class<P> payload, Lane lane) {
        this(name, payload, lane, USUAL_ATTEMPTS, USUAL_TIME, null, null, false);
    }

    public JobKind<P> attempts(int most) {
        return new JobKind<>(
                name, payload, lane, most, timeLimit, limit, schoolLimit, oneTransaction);
    }

    public JobKind<P> timeLimit(Duration longest) {
        return new JobKind<>(
                name, payload, lane, attempts, longest, limit, schoolLimit, oneTransaction);
    }

    public JobKind<P> limit(Limit overall) {
        return new JobKind<>(
                name, payload, lane, attempts, timeLimit, overall, schoolLimit, oneTransaction);
    }

    public JobKind<P> perSchool(Limit each) {
        return new JobKind<>(name, payload, lane, attempts, timeLimit, limit, each, oneTransaction);
    }

    public JobKind<P> inOneTransaction() {
        return new JobKind<>(name, payload, lane, attempts, timeLimit, limit, schoolLimit, true);
    }
}
