package org.stoa.jobs;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps jobs apart whose process ended while they ran, since one of them may have ended it. Before
 * its last chance a job could otherwise share its process with the guilty one for a third time, and
 * be given up with it.
 */
final class Suspects {
    private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final int most;

    /**
     * @param most losses after which a job is given up
     */
    Suspects(int most) {
        this.most = most;
    }

    /**
     * What a job has to hold while it runs.
     *
     * @param losses how often its process was lost already, at least once
     */
    Lock turn(int losses) {
        return losses + 1 < most ? lock.readLock() : lock.writeLock();
    }
}
