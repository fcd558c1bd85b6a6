package org.stoa.launch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks the PostgreSQL of this platform, which stands in the program as an archive. */
final class PostgresBinaries {
    /** The version in the program; a data folder belongs to its first number. */
    static final int MAJOR = 18;

    private PostgresBinaries() {}

    /** Returns the folder that holds {@code bin/postgres}; unpacks only once. */
    static Path unpackInto(Path folder) throws IOException {
        var target = folder.resolve("postgresql-" + MAJOR);
        if (Files.exists(target.resolve("complete"))) {
            return target;
        }
        var archive = archive();
        try (var resource = PostgresBinaries.class.getResourceAsStream("/" + archive)) {
            if (resource == null) {
                throw new Refusal(
                        "This program holds no PostgreSQL for this machine ("
                                + archive
                                + "). Give it one with STOA_DATABASE_URL; see docs/operations.md.");
            }
            try (var tar =
                    new TarArchiveInputStream(
                            new XZCompressorInputStream(new BufferedInputStream(resource)))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, target);
                }
            }
        }
        Files.writeString(target.resolve("complete"), archive);
        return target;
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("The archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.deleteIfExists(path);
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
        boolean runs = (entry.getMode() & 0111) != 0;
        Files.setPosixFilePermissions(
                path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
    }

    private static String archive() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var arm = System.getProperty("os.arch").toLowerCase(Locale.ROOT).contains("aarch64");
        if (system.contains("mac")) {
            return "postgres-darwin-" + (arm ? "arm_64" : "x86_64") + ".txz";
        }
        return "postgres-linux-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }
}
