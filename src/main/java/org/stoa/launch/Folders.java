package org.stoa.launch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Folders that others may pass, and folders that go. */
final class Folders {
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

    /** Deletes the entries of a folder whose names fit the pattern, with all they hold. */
    static void deleteThoseNamed(Path folder, String glob) throws IOException {
        try (var found = Files.newDirectoryStream(folder, glob)) {
            for (var one : found) {
                delete(one);
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
