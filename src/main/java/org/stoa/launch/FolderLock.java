package org.stoa.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a file of the data folder. The operating system gives it back whatever happens to the
 * program that holds it, so none is ever left behind.
 */
final class FolderLock implements AutoCloseable {
    private final @Nullable FileLock lock;

    private FolderLock(@Nullable FileLock lock) {
        this.lock = lock;
    }

    /** The lock for this program alone; null when any other holds it. */
    static @Nullable FolderLock alone(Path file) throws IOException {
        return take(file, false);
    }

    /** The lock together with others that share it; null when somebody has it alone. */
    static @Nullable FolderLock shared(Path file) throws IOException {
        return take(file, true);
    }

    /** Waits for the lock; null when it cannot be had in that time. */
    static @Nullable FolderLock alone(Path file, Duration patience) throws IOException {
        return await(file, false, patience);
    }

    /** Waits for a share of the lock; null when it cannot be had in that time. */
    static @Nullable FolderLock shared(Path file, Duration patience) throws IOException {
        return await(file, true, patience);
    }

    private static @Nullable FolderLock await(Path file, boolean shared, Duration patience)
            throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var lock = take(file, shared);
            if (lock != null || System.nanoTime() > deadline) {
                return lock;
            }
            pause();
        }
    }

    private static @Nullable FolderLock take(Path file, boolean shared) throws IOException {
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            var lock = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (lock != null) {
                return new FolderLock(lock);
            }
        } catch (OverlappingFileLockException e) {
            // This very program holds it already, and may well share it with itself.
            channel.close();
            return shared ? new FolderLock(null) : null;
        }
        channel.close();
        return null;
    }

    /** Waits for a moment between two looks. */
    static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.acquiredBy().close();
        }
    }
}
