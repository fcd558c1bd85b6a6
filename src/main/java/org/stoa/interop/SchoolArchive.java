package org.stoa.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.source.CourseArchive;
import org.stoa.identity.records.SchoolRecord;
import org.stoa.shared.Problem;

/**
 * The archive of a school, as it comes in. Nothing that it declares of itself is believed; its
 * tables are read row by row and its courses unpacked one at a time.
 */
final class SchoolArchive implements AutoCloseable {
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int ROWS_AT_ONCE = 2_000;

    /** Where the courses' drafts are. */
    static final String COURSES = "courses/";

    /** Where that is which learners read, if it is not the draft. */
    static final String RELEASES = "releases/";

    private final ZipFile zip;
    private final long size;
    private final Map<String, ZipArchiveEntry> files = new HashMap<>();
    private final TreeMap<String, List<ZipArchiveEntry>> courses = new TreeMap<>();
    private final TreeMap<String, List<ZipArchiveEntry>> releases = new TreeMap<>();
    private long unpacked;

    private SchoolArchive(ZipFile zip, long size) {
        this.zip = zip;
        this.size = size;
    }

    /** Whether the file calls itself the archive of a school, of whatever version. */
    static boolean isOne(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (var zip = ZipFile.builder().setPath(file).get()) {
            var about = zip.getEntry(About.PATH);
            return about != null
                    && zip.canReadEntryData(about)
                    && About.says(beginning(zip.getInputStream(about)));
        } catch (IOException | RuntimeException noZip) {
            return false;
        }
    }

    /**
     * @throws Problem.Invalid when it is no zip, or one that would climb out of its folder
     */
    static SchoolArchive open(Path file) {
        ZipFile zip = null;
        try {
            zip = ZipFile.builder().setPath(file).get();
            var archive = new SchoolArchive(zip, Files.size(file));
            archive.list();
            return archive;
        } catch (IOException | RuntimeException failed) {
            close(zip);
            if (failed instanceof Problem problem) {
                throw problem;
            }
            throw refusal("This is not a zip archive, or it is damaged.");
        }
    }

    private void list() {
        var entries = Collections.list(zip.getEntries());
        if (entries.size() > MOST_ENTRIES) {
            throw refusal("The archive has more than 1,000,000 entries.");
        }
        for (var entry : entries) {
            var path = entry.getName();
            if (climbs(path) || entry.isUnixSymlink()) {
                throw refusal("The entry " + shown(path) + " leads out of the archive.");
            }
            if (entry.isDirectory()) {
                continue;
            }
            if (!sorted(entry, COURSES, courses)
                    && !sorted(entry, RELEASES, releases)
                    && files.put(path, entry) != null) {
                throw refusal("The entry " + shown(path) + " stands in the archive twice.");
            }
        }
    }

    private static boolean sorted(
            ZipArchiveEntry entry, String within, Map<String, List<ZipArchiveEntry>> folders) {
        var path = entry.getName();
        int slash = path.indexOf('/', within.length());
        if (!path.startsWith(within) || slash < 0) {
            return false;
        }
        folders.computeIfAbsent(path.substring(within.length(), slash), it -> new ArrayList<>())
                .add(entry);
        return true;
    }

    private static boolean climbs(String path) {
        return path.startsWith("/")
                || path.contains("\\")
                || path.matches("(?s)[A-Za-z]:.*")
                || path.chars().anyMatch(Character::isISOControl)
                || List.of(path.split("/", -1)).contains("..");
    }

    /**
     * @throws Problem.Invalid when it is of another version, or says nothing
     */
    SchoolRecord about() {
        try (var in = content(About.PATH)) {
            return About.school(beginning(in));
        } catch (IOException damaged) {
            throw refusal("school.yaml is damaged.");
        }
    }

    /**
     * Reads all tables through, so that nothing begins that could not go on.
     *
     * @throws Problem.Invalid when one is missing, is no table, or has not the columns it needs
     */
    void check() {
        for (var sheet : Sheet.ALL) {
            if (left(sheet)) {
                continue;
            }
            try (var in = content(sheet.path())) {
                var reader = new CsvReader(in, sheet.path());
                columns(sheet, reader);
                boolean more = true;
                while (more) {
                    more = reader.next() != null;
                }
            } catch (IOException damaged) {
                throw refusal(sheet.path() + " is damaged.");
            }
        }
    }

    /** Some rows of a table, with the line of each. */
    interface Batch<R> {
        void take(List<R> records, List<Integer> lines);
    }

    /** Reads a table through; rows that say what cannot be are named in the remarks. */
    <R> long each(Sheet<R> sheet, Remarks remarks, Batch<R> batch) {
        if (left(sheet)) {
            return 0;
        }
        try (var in = content(sheet.path())) {
            var reader = new CsvReader(in, sheet.path());
            var columns = columns(sheet, reader);
            var records = new ArrayList<R>();
            var lines = new ArrayList<Integer>();
            long rows = 0;
            for (var row = reader.next(); row != null; row = reader.next()) {
                rows++;
                try {
                    records.add(sheet.reading().of(new Fields(columns, row.cells())));
                    lines.add(row.line());
                } catch (Problem.Invalid wrong) {
                    remarks.add(sheet.path(), row.line(), "" + wrong.getMessage());
                }
                if (records.size() == ROWS_AT_ONCE) {
                    batch.take(records, lines);
                    records.clear();
                    lines.clear();
                }
            }
            if (!records.isEmpty()) {
                batch.take(records, lines);
            }
            return rows;
        } catch (IOException damaged) {
            throw refusal(sheet.path() + " is damaged.");
        }
    }

    /** Whether the archive is from before there was such a table. */
    private boolean left(Sheet<?> sheet) {
        return sheet == Sheet.SHARED && !files.containsKey(sheet.path());
    }

    private static Map<String, Integer> columns(Sheet<?> sheet, CsvReader reader)
            throws IOException {
        var header = reader.next();
        var columns = new HashMap<String, Integer>();
        for (int i = 0; header != null && i < header.cells().size(); i++) {
            columns.putIfAbsent(header.cells().get(i).strip(), i);
        }
        for (var column : sheet.columns()) {
            if (!columns.containsKey(column)) {
                throw refusal(sheet.path() + " has no column " + column + ".");
            }
        }
        return columns;
    }

    /** The names of the folders that courses are in. */
    SortedSet<String> courses() {
        return courses.navigableKeySet();
    }

    /** The names of the folders that releases are in. */
    SortedSet<String> releases() {
        return releases.navigableKeySet();
    }

    /**
     * @throws Problem.Invalid when it would unpack to what no course is
     */
    CourseArchive course(String slug) {
        return unpacked(COURSES, slug, courses.getOrDefault(slug, List.of()));
    }

    /**
     * What learners read of a course; null where that is not told apart from the draft.
     *
     * @throws Problem.Invalid when it would unpack to what no course is
     */
    @Nullable CourseArchive release(String slug) {
        var entries = releases.get(slug);
        return entries == null ? null : unpacked(RELEASES, slug, entries);
    }

    private CourseArchive unpacked(String within, String slug, List<ZipArchiveEntry> entries) {
        var archive = CourseArchive.within(zip, entries, within + slug + "/", size, unpacked);
        unpacked += archive.unpacked();
        return archive;
    }

    private InputStream content(String path) throws IOException {
        var entry = files.get(path);
        if (entry == null) {
            throw refusal(path + " is missing from the archive.");
        }
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw refusal("The archive is encrypted; pack it without a password.");
        }
        if (!zip.canReadEntryData(entry)) {
            throw refusal(path + " is packed in a way that is not read.");
        }
        return new CountedStream(zip.getInputStream(entry), path, entry.getCrc(), size);
    }

    private static String beginning(InputStream in) throws IOException {
        try (in) {
            return new String(in.readNBytes(About.LONGEST), StandardCharsets.UTF_8);
        }
    }

    private static String shown(String path) {
        var clean = path.replaceAll("\\p{C}", "?");
        return "'" + (clean.length() > 120 ? clean.substring(0, 120) + "…" : clean) + "'";
    }

    private static Problem.Invalid refusal(String message) {
        return new Problem.Invalid("file", message);
    }

    private static void close(@Nullable ZipFile zip) {
        try {
            if (zip != null) {
                zip.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        close(zip);
    }
}
