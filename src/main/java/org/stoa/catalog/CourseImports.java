package org.stoa.catalog;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.catalog.DraftStore.LessonRow;
import org.stoa.catalog.DraftStore.ModuleRow;
import org.stoa.catalog.cartridge.Cartridge;
import org.stoa.catalog.source.CourseArchive;
import org.stoa.catalog.source.CourseFolder;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.CourseSource.SourceFile;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.Slugs;
import org.stoa.catalog.source.SourceTerms;
import org.stoa.catalog.together.SharedTexts;
import org.stoa.media.MediaFiles;
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

    // What stands in the studio's addresses in a course's place.
    private static final Set<String> PAGES = Set.of("new", "import");

    private final DraftStore store;
    private final CourseLockStore locks;
    private final CourseFileStore files;
    private final MediaFiles media;
    private final RuleImports rules;
    private final QuestionStore questions;
    private final ImportedTextStore texts;
    private final SharedTexts shared;
    private final CourseNews news;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final Ids ids;
    private final Clock clock;

    CourseImports(
            DraftStore store,
            CourseLockStore locks,
            CourseFileStore files,
            MediaFiles media,
            RuleImports rules,
            QuestionStore questions,
            ImportedTextStore texts,
            SharedTexts shared,
            CourseNews news,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.locks = locks;
        this.files = files;
        this.media = media;
        this.rules = rules;
        this.questions = questions;
        this.texts = texts;
        this.shared = shared;
        this.news = news;
        this.events = events;
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
     * @throws Problem.Forbidden when the caller does not teach, or other teachers write it
     * @throws Problem.Invalid when no course can be read from it
     */
    public Imported bring(Path folderOrZip, String name) {
        if (!Caller.current().isAtLeast(Role.TEACHER)) {
            throw new Problem.Forbidden(say("imports.teachers"));
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

    /**
     * A new course of the caller's, whatever the school has already.
     *
     * @param title in place of the source's
     * @return its address
     */
    public String begin(CourseSource source, String title) {
        if (!Caller.current().isAtLeast(Role.TEACHER)) {
            throw new Problem.Forbidden(say("studio.teachersBegin"));
        }
        keepFiles(source);
        return Objects.requireNonNull(
                transactions.execute(status -> {
                    store.alone();
                    var slug = freeSlug(title);
                    var course = ids.next();
                    var now = clock.instant();
                    var person = Caller.current().personId();
                    store.add(course, slug, course.toString(), source.named(title), person, now);
                    writeOutline(course, slug, source.named(title));
                    return slug;
                }));
    }

    /**
     * Brings in a course of a whole school, at the address it had there. One that is there already
     * is left as it is. Its terms are left to {@link #settle}.
     *
     * @param author whose it is; null for the school's own
     * @throws Problem.Forbidden when the caller does not administer the school
     */
    public Imported restore(CourseSource source, String slug, @Nullable UUID author) {
        if (!Caller.current().isAtLeast(Role.ADMIN)) {
            throw new Problem.Forbidden("Only administrators bring in a whole school.");
        }
        if (store.find(slug, false).isPresent()) {
            return new Imported(slug, source.title(), false, List.of());
        }
        keepFiles(source);
        return Objects.requireNonNull(transactions.execute(status -> add(source, slug, author)));
    }

    private Imported add(CourseSource source, String slug, @Nullable UUID author) {
        store.alone();
        if (store.find(slug, false).isPresent()) {
            return new Imported(slug, source.title(), false, List.of());
        }
        var course = ids.next();
        var key = named(source) ? key(source) : UNNAMED + slug;
        store.add(course, slug, key, source, author, clock.instant());
        return new Imported(slug, source.title(), true, writeLessons(course, source));
    }

    /**
     * Writes a course's draft over what was published of it: what differs is a change that is not
     * published. Its terms are left to {@link #settle}.
     *
     * @throws Problem.Forbidden when the caller does not administer the school
     */
    public List<Finding> restoreDraft(CourseSource source, String slug) {
        if (!Caller.current().isAtLeast(Role.ADMIN)) {
            throw new Problem.Forbidden("Only administrators bring in a whole school.");
        }
        keepFiles(source);
        return Objects.requireNonNull(
                transactions.execute(status -> {
                    var course = store.find(slug, false).orElseThrow().courseId();
                    var known = new DraftStore.Known(course, slug, null);
                    return update(known, source.named(source.title()));
                }));
    }

    /**
     * Sets on what terms a course takes learners in, once the courses are there that it may come
     * after.
     */
    public List<Finding> settle(String slug, SourceTerms terms) {
        var report = new ArrayList<Finding>();
        transactions.executeWithoutResult(
                status -> events.publishEvent(new TermsDeclared(slug, terms, report)));
        return report;
    }

    private Imported bring(CourseSource source) {
        keepFiles(source);
        return Objects.requireNonNull(transactions.execute(status -> write(source)));
    }

    // Before the transaction: bytes without a row do no harm, a row without its bytes would.
    private void keepFiles(CourseSource source) {
        try {
            for (var file : source.files()) {
                media.keep(file.file(), file.content());
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
            var report = writeOutline(course, slug, source);
            return new Imported(slug, source.title(), true, report);
        }
        if (!known.editable()) {
            throw new Problem.Forbidden(say("imports.others"));
        }
        return new Imported(known.slug(), source.title(), false, update(known, source));
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
        return store.findByLessons(UNNAMED, source.lessons()).stream()
                .filter(DraftStore.Known::editable)
                .findFirst();
    }

    // A draft that comes in just as it was has not changed since its release.
    private List<Finding> update(DraftStore.Known known, CourseSource source) {
        shared.lock(known.id());
        var before = store.find(known.slug());
        var overwritten = overwritten(known.id(), source);
        store.update(known.id(), source);
        var report = new ArrayList<>(writeOutline(known.id(), known.slug(), source));
        report.addAll(overwritten);
        if (!store.find(known.slug()).equals(before)) {
            locks.touch(known.id(), clock.instant());
            news.changed(known.slug(), null, 0);
            for (var clash : shared.written(known.id(), clock.instant())) {
                report.add(Finding.warning(clash.path(), null, clash.sentence()));
            }
        }
        return report;
    }

    /** What somebody wrote is never lost, but they should hear where it went. */
    private List<Finding> overwritten(UUID course, CourseSource source) {
        var files = new HashMap<String, String>();
        source.lessons().forEach(it -> files.put(it.key(), it.file()));
        return texts.overwritten(course, source.lessons()).stream()
                .map(it ->
                        Finding.warning(
                                files.getOrDefault(it.key(), ""),
                                null,
                                say("imports.overwritten", it.title())))
                .toList();
    }

    private List<Finding> writeOutline(UUID course, String slug, CourseSource source) {
        var report = writeLessons(course, source);
        if (source.terms() != null) {
            events.publishEvent(new TermsDeclared(slug, source.terms(), report));
        }
        return report;
    }

    /** With what came of the rules that stand beside the outline. */
    private List<Finding> writeLessons(UUID course, CourseSource source) {
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
                source.files().stream().map(it -> new Draft.File(it.path(), it.file())).toList(),
                now);
        if (source.questions() != null) {
            questions.write(course, source.questions(), now);
        }
        media.enter(source.files().stream().map(SourceFile::file).toList());
        var report = new ArrayList<>(source.report());
        report.addAll(rules.write(course, source));
        return report;
    }

    private String freeSlug(String title) {
        var wanted = Slugs.of(title, "course");
        var taken = new HashSet<>(store.slugsLike(wanted));
        taken.addAll(PAGES);
        return Slugs.free(wanted, taken);
    }
}
