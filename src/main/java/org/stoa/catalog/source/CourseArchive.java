package org.stoa.catalog.source;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Normalizer;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Problem;

/**
 * A course in a zip, unpacked beside the system's temporary files until it is closed. What the
 * archive declares is never believed: sizes are counted and names checked as they come.
 */
public final class CourseArchive implements AutoCloseable {
    private static final int MOST_ENTRIES = 20_000;
    private static final long LARGEST_ENTRY = 100L << 20;
    private static final long LARGEST_WHOLE = 512L << 20;
    private static final long UNSUSPECTED = 16L << 20;
    private static final int STEEPEST_RATIO = 150;
    private static final int LONGEST_PATH = 400;
    private static final int DEEPEST = 40;

    private final Path folder;
    private final String name;
    private final long archiveSize;
    private final long before;
    private final String within;
    private final Set<String> names = new HashSet<>();
    private long unpacked;

    private CourseArchive(Path folder, String name, String within, long archiveSize, long before) {
        this.folder = folder;
        this.name = name;
        this.within = within;
        this.archiveSize = archiveSize;
        this.before = before;
    }

    /**
     * @param zip a file on disk
     * @param name what it was called where it came from; the title if nothing in it says one; empty
     *     if that is not known
     * @throws Problem.Invalid if it is no zip, is damaged or encrypted, or would climb out of its
     *     folder or unpack to more than 512 MB
     */
    public static CourseArchive unpack(Path zip, String name) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("stoa-course-").toRealPath();
            String stem =
                    Names.last(name.replace('\\', '/')).replaceFirst("(?i)\\.(?:zip|imscc)$", "");
            CourseArchive archive = new CourseArchive(folder, stem, "", Files.size(zip), 0);
            archive.unpack(zip);
            return archive;
        } catch (IOException | RuntimeException failed) {
            delete(folder);
            throw refused(failed, say("imports.zip.not"));
        }
    }

    /**
     * One course among others in an archive.
     *
     * @param entries those of the course
     * @param within the folder they are in, ending in a slash
     * @param archiveSize the bytes of the whole archive
     * @param before how many bytes of the archive were unpacked already
     * @throws Problem.Invalid as {@link #unpack(Path, String)}
     */
    public static CourseArchive within(
            ZipFile zip,
            List<ZipArchiveEntry> entries,
            String within,
            long archiveSize,
            long before) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("stoa-course-").toRealPath();
            CourseArchive archive = new CourseArchive(folder, "", within, archiveSize, before);
            archive.unpack(zip, entries);
            return archive;
        } catch (IOException | RuntimeException failed) {
            delete(folder);
            throw refused(failed, say("imports.zip.part"));
        }
    }

    private static Problem refused(Exception failed, String otherwise) {
        return switch (failed) {
            case Problem problem -> problem;
            case FileSystemException disk -> refusal(reason(disk));
            default -> refusal(otherwise);
        };
    }

    /** How many bytes came out of it. */
    public long unpacked() {
        return unpacked;
    }

    private static String reason(FileSystemException failed) {
        return failed instanceof NoSuchFileException
                ? say("imports.zip.noFile", Path.of(failed.getFile()).getFileName())
                : say(
                        "imports.zip.unpack",
                        failed.getReason() == null ? "" : ": " + failed.getReason());
    }

    /** The course in it; its files are there until {@link #close()}. */
    public CourseSource read() {
        return CourseFolder.read(folder, name);
    }

    /** Where it was unpacked; there until {@link #close()}. */
    public Path folder() {
        return folder;
    }

    /** What it was called where it came from, without its ending; empty if that is not known. */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        delete(folder);
    }

    private void unpack(Path zip) throws IOException {
        try (ZipFile file = ZipFile.builder().setPath(zip).get()) {
            unpack(file, Collections.list(file.getEntries()));
        }
    }

    private void unpack(ZipFile file, List<ZipArchiveEntry> entries) throws IOException {
        if (entries.size() > MOST_ENTRIES) {
            throw refusal(say("imports.zip.entries"));
        }
        for (ZipArchiveEntry entry : entries) {
            unpack(file, entry);
        }
    }

    private void unpack(ZipFile file, ZipArchiveEntry entry) throws IOException {
        String path = checked(entry);
        if (path.isEmpty() || List.of(path.split("/", -1)).stream().anyMatch(Names::skipped)) {
            return;
        }
        Path target = folder.resolve(path).normalize();
        if (!target.startsWith(folder)) {
            throw refusal(say("imports.zip.out", shown(entry)));
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        if (!file.canReadEntryData(entry)) {
            throw refusal(say("imports.zip.packed", shown(entry)));
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (InputStream in = file.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            copy(in, out, entry);
        }
    }

    private String checked(ZipArchiveEntry entry) {
        String path =
                Normalizer.normalize(
                        entry.getName().substring(within.length()), Normalizer.Form.NFC);
        List<String> parts = List.of(path.split("/", -1));
        if (path.startsWith("/")
                || path.contains("\\")
                || path.matches("(?s)[A-Za-z]:.*")
                || parts.contains("..")) {
            throw refusal(say("imports.zip.out", shown(entry)));
        }
        if (path.chars().anyMatch(Character::isISOControl)) {
            throw refusal(say("imports.zip.control", shown(entry)));
        }
        if (path.length() > LONGEST_PATH || parts.size() > DEEPEST) {
            throw refusal(say("imports.zip.deep", shown(entry)));
        }
        if (entry.isUnixSymlink()) {
            throw refusal(say("imports.zip.symlink", shown(entry)));
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw refusal(say("imports.zip.encrypted"));
        }
        if (!names.add(path.replaceFirst("/+$", ""))) {
            throw refusal(say("imports.zip.twice", shown(entry)));
        }
        return path.replaceFirst("/+$", "");
    }

    private void copy(InputStream in, OutputStream out, ZipArchiveEntry entry) throws IOException {
        CRC32 sum = new CRC32();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            size += read;
            unpacked += read;
            if (size > LARGEST_ENTRY) {
                throw refusal(say("imports.zip.large", shown(entry)));
            }
            if (unpacked > LARGEST_WHOLE) {
                throw refusal(say("imports.zip.whole"));
            }
            if (before + unpacked > UNSUSPECTED
                    && (before + unpacked) / STEEPEST_RATIO > archiveSize) {
                throw refusal(say("imports.zip.bomb"));
            }
            sum.update(buffer, 0, read);
            out.write(buffer, 0, read);
        }
        if (sum.getValue() != entry.getCrc()) {
            throw refusal(say("imports.zip.damaged", shown(entry)));
        }
    }

    private static String shown(ZipArchiveEntry entry) {
        return "'" + Names.clean(entry.getName(), 120) + "'";
    }

    private static Problem.Invalid refusal(String message) {
        return new Problem.Invalid("file", message);
    }

    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try {
            Files.walkFileTree(folder, new Deletion());
        } catch (IOException | InvalidPathException left) {
            // The system's temporary files are cleared by the system.
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public java.nio.file.FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return java.nio.file.FileVisitResult.CONTINUE;
        }

        @Override
        public java.nio.file.FileVisitResult postVisitDirectory(
                Path folder, @Nullable IOException failed) throws IOException {
            Files.delete(folder);
            return java.nio.file.FileVisitResult.CONTINUE;
        }
    }
}
