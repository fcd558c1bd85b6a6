package org.stoa.jobs;

/**
 * A kind of job.
 *
 * @param name one word with hyphens, kept in the database: it outlives releases of the program
 * @param payload a record of ids and plain values, kept as JSON
 */
public record JobKind<P>(String name, Class<P> payload, Lane lane) {
    /** How urgent: a lane's jobs are taken before those of the lanes below it. */
    public enum Lane {
        CRITICAL(30),
        DEFAULT(20),
        BULK(10);

        private final int priority;

        Lane(int priority) {
            this.priority = priority;
        }

        int priority() {
            return priority;
        }
    }
}
