package org.stoa.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.catalog.DraftStore.LessonRow;
import org.stoa.catalog.DraftStore.ModuleRow;
import org.stoa.catalog.cartridge.Cartridge;
import org.stoa.catalog.source.CourseArchive;
import org.stoa.catalog.source.CourseFolder;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Slugs;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;
import org.stoa.tenancy.Role;

/**
 * Brings courses in from their authors' folders and from Common Cartridges. The same course (by the
 * {@code id} in its course.yaml, else by its title, else, where nothing names it, by its lessons)
 * updates its draft, and lessons keep their ids.
 */
@Service
public class CourseImports {
    /** Begins the key of a course that nothing names. */
    private static final String UNNAMED = "unnamed/";

    private final DraftStore store;
    private final CourseFileStore files;
    private final MediaFiles media;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    CourseImports(
            DraftStore store,
            CourseFileStore files,
            MediaFiles media,
            PlatformTransactionManager transactions,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.files = files;
        this.media = media;
        this.transactions = new TransactionTemplate(transactions);
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What came of an import.
     *
     * @param created false when a draft was updated
     * @param report what could not be carried over or had to be guessed
     */
    public record Imported(String slug, String title, boolean created, List<Finding> report) {}

    /**
     * All of the course becomes the draft, or none of it does.
     *
     * @param folderOrZip a folder, or a zip of one
     * @param name what a zip was called where it came from; the title if nothing in it says one;
     *     empty if that is not known
     * @throws Problem.Forbidden when the caller does not teach, or another teacher brought it in
     * @throws Problem.Invalid when no course can be read from it
     */
    public Imported bring(Path folderOrZip, String name) {
        if (!Caller.current().isAtLeast(Role.TEACHER)) {
            throw new Problem.Forbidden("Only teachers bring in courses.");
        }
        if (Files.isDirectory(folderOrZip)) {
            return bring(
                    Cartridge.isOne(folderOrZip)
                            ? Cartridge.read(folderOrZip, name)
                            : CourseFolder.read(folderOrZip));
        }
        try (var archive = CourseArchive.unpack(folderOrZip, name)) {
            return bring(
                    Cartridge.isOne(archive.folder())
                            ? Cartridge.read(archive.folder(), archive.name())
                            : archive.read());
        }
    }

    private Imported bring(CourseSource source) {
        keepFiles(source);
        return Objects.requireNonNull(transactions.execute(status -> write(source)));
    }

    // Before the transaction: bytes without a row do no harm, a row without its bytes would.
    private void keepFiles(CourseSource source) {
        var school = Caller.current().school().id();
        try {
            for (var file : source.files()) {
                media.keep(school, file.sha256(), file.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Imported write(CourseSource source) {
        store.alone();
        var known = known(source).orElse(null);
        if (known == null) {
            var slug = freeSlug(source.title());
            var course = ids.next();
            var key = named(source) ? key(source) : UNNAMED + slug;
            store.add(course, slug, key, source, Caller.current().person(), clock.instant());
            writeOutline(course, source);
            return new Imported(slug, source.title(), true, source.report());
        }
        var caller = Caller.current();
        if (!caller.isAtLeast(Role.ADMIN)
                && known.createdBy() != null
                && !caller.personId().equals(known.createdBy())) {
            throw new Problem.Forbidden(
                    "The school has this course already, and another teacher brought it in. Ask"
                            + " them or an administrator, or give yours another title or id.");
        }
        update(known, source);
        return new Imported(known.slug(), source.title(), false, source.report());
    }

    private static boolean named(CourseSource source) {
        return source.named() || !source.id().isEmpty();
    }

    private static String key(CourseSource source) {
        return source.id().isEmpty() ? Slugs.key(source.title()) : source.id();
    }

    /**
     * The course as it was brought in before. Where nothing names it, only one that shares more
     * than half of its lessons, and that the caller may replace, is taken for the same: a guess
     * must not take anybody's course from them.
     */
    private Optional<DraftStore.Known> known(CourseSource source) {
        if (named(source)) {
            return store.findByKey(key(source));
        }
        var caller = Caller.current();
        return store.findByLessons(UNNAMED, source.lessons()).stream()
                .filter(it ->
                        caller.isAtLeast(Role.ADMIN)
                                || it.createdBy() == null
                                || it.createdBy().equals(caller.person()))
                .findFirst();
    }

    // A draft that comes in just as it was has not changed since its release.
    private void update(DraftStore.Known known, CourseSource source) {
        var before = store.find(known.slug());
        store.update(known.id(), source);
        writeOutline(known.id(), source);
        if (!store.find(known.slug()).equals(before)) {
            store.touch(known.id(), clock.instant());
        }
    }

    private void writeOutline(UUID course, CourseSource source) {
        var modules = new ArrayList<ModuleRow>();
        var lessons = new ArrayList<LessonRow>();
        for (var module : source.modules()) {
            modules.add(new ModuleRow(ids.next(), modules.size(), module.title(), module.key()));
            for (var it : module.lessons()) {
                lessons.add(
                        new LessonRow(
                                ids.next(),
                                lessons.size(),
                                it.slug(),
                                it.title(),
                                it.markdown(),
                                it.minutes(),
                                it.key(),
                                module.key()));
            }
        }
        var now = clock.instant();
        store.writeModules(course, modules, now);
        store.writeLessons(course, lessons, now);
        files.write(
                course,
                source.files().stream()
                        .map(it ->
                                new Draft.File(it.path(), it.sha256(), it.mediaType(), it.size()))
                        .toList(),
                now);
    }

    private String freeSlug(String title) {
        var wanted = Slugs.of(title, "course");
        return Slugs.free(wanted, store.slugsLike(wanted));
    }
}
