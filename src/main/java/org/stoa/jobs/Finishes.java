package org.stoa.jobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs that have nothing to write with their end. A worker leaves the end here and goes on to
 * its next job; whatever was left meanwhile is written together. Should the process end before
 * that, the job is done again, which such jobs have to bear.
 */
final class Finishes {
    private static final Logger log = LoggerFactory.getLogger(Finishes.class);

    /** In one statement. */
    private static final int MOST = 128;

    /** So many may wait to be written; then workers wait too. */
    private static final int ROOM = 512;

    private final RunStore store;
    private final String node;
    private final BiConsumer<Taken, RuntimeException> refused;
    private final ConcurrentLinkedQueue<Taken> ended = new ConcurrentLinkedQueue<>();
    private final Semaphore room = new Semaphore(ROOM);
    private final AtomicBoolean writing = new AtomicBoolean();

    /**
     * @param refused told of an end that the database does not take
     */
    Finishes(RunStore store, String node, BiConsumer<Taken, RuntimeException> refused) {
        this.store = store;
        this.node = node;
        this.refused = refused;
    }

    /** Has the end written soon. */
    void finish(Taken job) throws InterruptedException {
        room.acquire();
        ended.add(job);
        writeUnlessSomebodyDoes();
    }

    /** Writes the end now, or finds the run over before: then it is another's to end. */
    void finishNow(Taken job) {
        Patience.write(() -> store.finishAll(List.of(job), node));
    }

    /** Waits until all that was left here is written, or for as long as is said. */
    void settle(Duration longest) throws InterruptedException {
        if (room.tryAcquire(ROOM, longest.toMillis(), TimeUnit.MILLISECONDS)) {
            room.release(ROOM);
        }
    }

    private void writeUnlessSomebodyDoes() {
        if (!ended.isEmpty() && writing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("job-ends").start(this::writeAll);
        }
    }

    private void writeAll() {
        try {
            for (var some = next(); !some.isEmpty(); some = next()) {
                write(some);
                room.release(some.size());
            }
        } finally {
            writing.set(false);
            writeUnlessSomebodyDoes();
        }
    }

    private List<Taken> next() {
        var some = new ArrayList<Taken>();
        while (some.size() < MOST && ended.poll() instanceof Taken job) {
            some.add(job);
        }
        return some;
    }

    private void write(List<Taken> some) {
        try {
            Patience.write(() -> store.finishAll(some, node));
        } catch (RuntimeException e) {
            log.warn("{} jobs could not be ended together: {}", some.size(), e.getMessage());
            some.forEach(this::writeAlone);
        }
    }

    private void writeAlone(Taken job) {
        try {
            store.finishAll(List.of(job), node);
        } catch (RuntimeException e) {
            try {
                refused.accept(job, e);
            } catch (RuntimeException away) {
                // Nobody says any more that it runs, so it is found as one whose process was lost.
                log.warn("The end of the job {} is not written", job.id(), away);
            }
        }
    }
}
