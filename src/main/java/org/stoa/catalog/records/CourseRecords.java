package org.stoa.catalog.records;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.stoa.catalog.CourseExports;
import org.stoa.catalog.CourseImports;
import org.stoa.catalog.Releases;
import org.stoa.catalog.records.CourseRecordStore.Sharer;
import org.stoa.catalog.source.CourseArchive;
import org.stoa.catalog.source.CourseExport;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.Finding;
import org.stoa.catalog.source.SourceTerms;
import org.stoa.shared.Ids;
import org.stoa.shared.Problem;

/** The courses of the caller's school, for those who administer it. */
@Service
public class CourseRecords {
    private static final String ONLY_THE_DRAFT =
            "What learners read is not in the archive, only the draft, which had changed since; the"
                    + " draft was published.";

    private final CourseRecordStore store;
    private final CourseExports exports;
    private final CourseImports imports;
    private final Releases releases;
    private final TransactionTemplate transactions;
    private final TransactionTemplate oneLook;
    private final Ids ids;
    private final Clock clock;

    CourseRecords(
            CourseRecordStore store,
            CourseExports exports,
            CourseImports imports,
            Releases releases,
            PlatformTransactionManager transactions,
            Ids ids,
            Clock clock) {
        this.store = store;
        this.exports = exports;
        this.imports = imports;
        this.releases = releases;
        this.transactions = new TransactionTemplate(transactions);
        this.oneLook = new TransactionTemplate(transactions);
        this.oneLook.setReadOnly(true);
        this.oneLook.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.ids = ids;
        this.clock = clock;
    }

    /** Every course: those that can be read in the order of their publication, then the others. */
    public List<CourseRecord> courses() {
        return store.courses();
    }

    /** Who teaches what, course by course. */
    public void teachers(Consumer<TeacherRecord> into) {
        store.teachers(into);
    }

    /** Lessons whose text stands in several courses, text by text. */
    public void sharedLessons(Consumer<SharedLessonRecord> into) {
        store.sharedLessons().forEach(into);
    }

    /**
     * A record that was not taken as it stands.
     *
     * @param reason a sentence
     */
    public record Unlike(int index, String reason) {}

    /** Makes the texts of lessons one again, once their courses are there. */
    public List<Unlike> share(List<SharedLessonRecord> records) {
        var unlike = new ArrayList<Unlike>();
        transactions.executeWithoutResult(status -> {
            var texts = new LinkedHashMap<Integer, List<Sharer>>();
            for (int i = 0; i < records.size(); i++) {
                take(records.get(i), i, texts, unlike);
            }
            texts.values().stream().filter(it -> it.size() > 1).forEach(this::join);
        });
        return unlike;
    }

    private void take(
            SharedLessonRecord record,
            int index,
            Map<Integer, List<Sharer>> texts,
            List<Unlike> unlike) {
        var lesson = store.sharer(record.course(), record.lesson()).orElse(null);
        var same = texts.computeIfAbsent(record.text(), it -> new ArrayList<>());
        if (lesson == null) {
            unlike.add(new Unlike(index, "There is no such lesson to share a text."));
        } else if (same.stream().anyMatch(it -> it.course().equals(lesson.course()))) {
            unlike.add(new Unlike(index, "A text stands in a course once."));
        } else {
            if (!same.isEmpty() && !lesson.says(same.getFirst())) {
                unlike.add(
                        new Unlike(
                                index,
                                "Its text was another one; it is now that of the first course"
                                        + " named for it."));
            }
            same.add(lesson);
        }
    }

    private void join(List<Sharer> same) {
        var first = same.getFirst();
        var text = first.text() == null ? ids.next() : first.text();
        store.share(first.id(), same.stream().map(Sharer::id).toList(), text, clock.instant());
    }

    /** Whether the school has a course. */
    public boolean any() {
        return store.any();
    }

    /** A course as folders of an archive: its draft and, where it is another, its release. */
    public void write(String slug, ZipOutputStream zip, String drafts, String released)
            throws IOException {
        var both = Objects.requireNonNull(oneLook.execute(status -> exports.both(slug)));
        CourseExport.writeInto(both.draft(), zip, drafts + slug + "/");
        if (both.release() != null) {
            CourseExport.writeInto(both.release(), zip, released + slug + "/");
        }
    }

    /**
     * What came of a course.
     *
     * @param created false when the school has it already; then nothing was changed
     * @param terms on which it takes learners in, still to be settled; null for none
     * @param ofRelease what the report says of the release's folder
     */
    public record Restored(
            boolean created,
            @Nullable SourceTerms terms,
            List<Finding> report,
            List<Finding> ofRelease) {}

    /**
     * Brings a course in with those who teach it, or nothing of it; then publishes it if it was.
     * What learners read comes first, the draft is written over it. One that is there already, and
     * published if it was, stays as it is.
     *
     * @param release null where the draft is what learners read, and in archives from before
     * @throws Problem.Invalid when no course can be read from the archive
     */
    public Restored restore(
            CourseArchive archive,
            @Nullable CourseArchive release,
            CourseRecord record,
            List<TeacherRecord> teachers) {
        var report = new ArrayList<Finding>();
        var ofRelease = new ArrayList<Finding>();
        var draft = archive.read();
        var read = release == null ? null : release.read();
        boolean created =
                Boolean.TRUE.equals(
                        transactions.execute(status ->
                                read == null
                                        ? add(draft, record, teachers, report, report)
                                        : add(read, record, teachers, report, ofRelease)));
        if (record.published() != Publication.NO && releases.current(record.slug()).isEmpty()) {
            transactions.executeWithoutResult(status -> {
                releases.publish(record.slug(), record.note());
                if (read != null) {
                    report.addAll(imports.restoreDraft(draft, record.slug()));
                }
            });
            if (record.published() == Publication.CHANGED && read == null) {
                report.add(Finding.warning("", null, ONLY_THE_DRAFT));
            }
        }
        return new Restored(created, draft.terms(), report, ofRelease);
    }

    /** Sets a course's terms, once all courses are there that it may come after. */
    public List<Finding> settle(String slug, SourceTerms terms) {
        return imports.settle(slug, terms);
    }

    private boolean add(
            CourseSource source,
            CourseRecord record,
            List<TeacherRecord> teachers,
            List<Finding> report,
            List<Finding> ofFolder) {
        var author = known(record.author(), report);
        var imported = imports.restore(source, record.slug(), author.orElse(null));
        ofFolder.addAll(imported.report());
        if (!imported.created()) {
            return false;
        }
        // Who begins a course leads it; here it is led by whoever led it.
        store.dismissTeachers(record.slug());
        for (var teacher : teachers) {
            known(teacher.email(), report)
                    .ifPresent(it ->
                            store.addTeacher(record.slug(), it, teacher.role(), clock.instant()));
        }
        return true;
    }

    private Optional<UUID> known(String email, List<Finding> report) {
        if (email.isEmpty()) {
            return Optional.empty();
        }
        var person = store.member(email);
        if (person.isEmpty()) {
            report.add(
                    Finding.warning(
                            "",
                            null,
                            email + " is no member of the school, so does not teach it."));
        }
        return person;
    }
}
