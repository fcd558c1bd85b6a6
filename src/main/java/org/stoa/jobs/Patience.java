package org.stoa.jobs;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;

/** Writes what became of a run, also where the database is away for a moment. */
final class Patience {
    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final int TRIES = 20;
    private static final int PAUSE_MILLIS = 500;

    private Patience() {}

    /**
     * Each write is held to the run that asks, so that one that did arrive changes nothing again.
     */
    static void write(Runnable write) {
        for (int left = TRIES; ; left--) {
            try {
                write.run();
                return;
            } catch (DataAccessException e) {
                if (left == 1 || !isAway(e)) {
                    throw e;
                }
                log.warn("The end of a job could not be written yet: {}", e.getMessage());
                pause();
            }
        }
    }

    private static boolean isAway(DataAccessException e) {
        return e instanceof DataAccessResourceFailureException
                || e instanceof TransientDataAccessException;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
