package org.stoa.launch;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Folders that others may pass, and folders that go. */
final class Folders {
    private static final int PATIENCE = 100;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Folders() {}

    /**
     * Makes the folder and those above that are missing, and lets others pass them whatever the
     * umask: the database's user is not always the one who starts the program.
     */
    static Path make(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            makeAbove(folder);
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return folder;
    }

    static void makeAbove(Path path) throws IOException {
        var above = path.toAbsolutePath().getParent();
        if (above != null) {
            make(above);
        }
    }

    /**
     * Deletes the entries of a folder whose names fit the pattern, with all they hold. What a
     * process that is about to end still writes there is waited for.
     */
    static void deleteThoseNamed(Path folder, String glob) throws IOException {
        try (var found = Files.newDirectoryStream(folder, glob)) {
            for (var one : found) {
                deletePatiently(one);
            }
        }
    }

    private static void deletePatiently(Path path) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                delete(path);
                return;
            } catch (DirectoryNotEmptyException written) {
                if (tries == PATIENCE) {
                    throw written;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static void delete(Path path) throws IOException {
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure)
                            throws IOException {
                        // Another process, about to end, may be tidying up the same folder.
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path folder, @Nullable IOException failure) throws IOException {
                        Files.deleteIfExists(folder);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
