package org.stoa.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    private static final Duration WRITING = Duration.ofMillis(500);

    /**
     * A killed start's initdb goes on for a moment in the folder that the next start takes away.
     */
    @Test
    void whatIsStillBeingWrittenIsWaitedFor(@TempDir Path folder) throws Exception {
        var within = Files.createDirectories(folder.resolve("cluster.new1/global"));
        var begun = new CountDownLatch(1);
        var writer = CompletableFuture.runAsync(() -> write(within, begun));
        begun.await();
        Folders.deleteThoseNamed(folder, "cluster.new*");
        assertThat(folder).isEmptyDirectory();
        writer.join();
    }

    private static void write(Path folder, CountDownLatch begun) {
        var end = System.nanoTime() + WRITING.toNanos();
        try {
            for (int i = 0; System.nanoTime() < end; i++) {
                Files.writeString(folder.resolve("file" + i), "x");
                begun.countDown();
            }
        } catch (NoSuchFileException gone) {
            // The folder went between two files: there is nothing to wait for any more.
            begun.countDown();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
