package org.stoa.interop;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.catalog.records.CourseRecord;
import org.stoa.catalog.records.CourseRecords;
import org.stoa.enrollment.records.LearningRecords;
import org.stoa.identity.records.SchoolRecord;
import org.stoa.identity.records.SchoolRecords;
import org.stoa.shared.CsvWriter;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/**
 * Hands out a whole school. Its tables are written to the disk in one look at the database, which
 * takes seconds and sees one moment; only then is anything sent, so that nobody with a slow line
 * holds a connection to the database.
 */
@Service
public class SchoolExports {
    // Any fixed time will do: the same school is the same bytes.
    private static final long ENTRY_TIME = 1_767_225_600_000L;

    private final SchoolRecords people;
    private final CourseRecords courses;
    private final LearningRecords learning;
    private final TransactionTemplate oneLook;

    SchoolExports(
            SchoolRecords people,
            CourseRecords courses,
            LearningRecords learning,
            PlatformTransactionManager transactions) {
        this.people = people;
        this.courses = courses;
        this.learning = learning;
        this.oneLook = new TransactionTemplate(transactions);
        this.oneLook.setReadOnly(true);
        this.oneLook.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    }

    /** A school that is ready to be written. */
    public final class Prepared implements AutoCloseable {
        private final SchoolRecord school;
        private final List<CourseRecord> all;
        private final Path tables;

        private Prepared(SchoolRecord school, List<CourseRecord> all, Path tables) {
            this.school = school;
            this.all = all;
            this.tables = tables;
        }

        /** As a zip; the stream stays open. */
        public void write(OutputStream out) throws IOException {
            var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
            put(zip, "README.md", Explanation.of(school));
            put(zip, About.PATH, About.write(school));
            for (var sheet : Sheet.ALL) {
                begin(zip, sheet.path());
                Files.copy(file(tables, sheet), zip);
                zip.closeEntry();
            }
            for (var slug : all.stream().map(CourseRecord::slug).sorted().toList()) {
                courses.write(slug, zip, SchoolArchive.COURSES, SchoolArchive.RELEASES);
            }
            zip.finish();
        }

        @Override
        public void close() {
            delete(tables);
        }
    }

    /**
     * @throws Problem.Forbidden when the caller does not administer the school
     */
    public Prepared prepare() throws IOException {
        if (!Caller.current().isAtLeast(Role.ADMIN)) {
            throw new Problem.Forbidden(say("interop.admins"));
        }
        var tables = Files.createTempDirectory("stoa-school-");
        try {
            var all = Objects.requireNonNull(oneLook.execute(status -> look(tables)));
            return new Prepared(people.school(), all, tables);
        } catch (RuntimeException e) {
            delete(tables);
            throw e;
        }
    }

    // A statement that binds the transaction carries two; only those after it come in portions. So
    // the list that is kept whole comes first.
    private List<CourseRecord> look(Path tables) {
        var all = courses.courses();
        write(tables, Sheet.COURSES, all::forEach);
        write(tables, Sheet.TEACHERS, courses::teachers);
        write(tables, Sheet.SHARED, courses::sharedLessons);
        write(tables, Sheet.PEOPLE, people::members);
        write(tables, Sheet.PLACES, learning::places);
        write(tables, Sheet.PROGRESS, learning::progress);
        return all;
    }

    private static <R> void write(Path tables, Sheet<R> sheet, Consumer<Consumer<R>> records) {
        try (var csv = new CsvWriter(Files.newOutputStream(file(tables, sheet)), sheet.columns())) {
            records.accept(record -> csv.row(sheet.cells().of(record)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path tables, Sheet<?> sheet) {
        return tables.resolve(sheet.path().replace('/', '-'));
    }

    private static void put(ZipOutputStream zip, String path, String text) throws IOException {
        begin(zip, path);
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static void begin(ZipOutputStream zip, String path) throws IOException {
        var entry = new ZipEntry(path);
        entry.setTime(ENTRY_TIME);
        zip.putNextEntry(entry);
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException left) {
            // The system's temporary files are cleared by the system.
        }
    }
}
