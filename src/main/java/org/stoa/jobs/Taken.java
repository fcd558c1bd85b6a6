package org.stoa.jobs;

import java.util.UUID;

/**
 * A job that this process has taken.
 *
 * @param run the row's version: whoever takes the job next has another
 * @param attempt this one's number, from 1
 */
record Taken(String kind, UUID id, byte[] data, long run, int attempt, UUID organization) {
    boolean ofThePlatform() {
        return organization.equals(Job.PLATFORM);
    }
}
