package org.stoa.launch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks the PostgreSQL of this platform, which stands in the program as an archive. */
final class PostgresBinaries {
    /** The version in the program; a data folder belongs to its first number. */
    static final int MAJOR = 18;

    private static final Pattern JAR = Pattern.compile("-(" + MAJOR + "[0-9.]*)\\.jar");

    private PostgresBinaries() {}

    /** The full version in the program, as far as it is known. */
    static String version() {
        return version(PostgresBinaries.class.getResource("/" + archive()));
    }

    private static String version(@Nullable URL archive) {
        var jar = JAR.matcher(String.valueOf(archive));
        return jar.find() ? jar.group(1) : Integer.toString(MAJOR);
    }

    /**
     * Returns the folder that holds {@code bin/postgres}; unpacks only once. It gets its name when
     * it is whole, so one that was broken off is never taken for it.
     */
    static Path unpackInto(Path folder) throws IOException {
        var target = folder.resolve("postgresql-" + version());
        if (Files.exists(target)) {
            return target;
        }
        Folders.deleteThoseNamed(folder, "postgresql-*");
        var fresh = Folders.make(folder.resolve(target.getFileName() + ".new"));
        unpackAll(fresh);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
    }

    private static void unpackAll(Path target) throws IOException {
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
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("The archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Folders.make(path);
            return;
        }
        Folders.makeAbove(path);
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, path);
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
