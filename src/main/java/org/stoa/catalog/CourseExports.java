package org.stoa.catalog;

import static org.stoa.shared.Words.say;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.catalog.source.CourseExport;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.CourseSource.SourceFile;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.catalog.source.CourseSource.SourceModule;
import org.stoa.catalog.source.SourceRules;
import org.stoa.catalog.source.SourceTerms;
import org.stoa.media.MediaFiles;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/** Hands a course's draft out, in the format in which courses come in. */
@Service
public class CourseExports {
    private final Courses courses;
    private final MediaFiles media;
    private final DraftRuleStore rules;
    private final Releases releases;
    private final ReleaseTextStore texts;

    CourseExports(
            Courses courses,
            MediaFiles media,
            DraftRuleStore rules,
            Releases releases,
            ReleaseTextStore texts) {
        this.courses = courses;
        this.media = media;
        this.rules = rules;
        this.releases = releases;
        this.texts = texts;
    }

    /**
     * As a zip; the stream stays open.
     *
     * @throws Problem.NotFound before anything is written
     */
    public void zip(String slug, OutputStream out) throws IOException {
        CourseExport.writeZip(source(slug), out);
    }

    /**
     * Into a folder, which is made if it is not there; files of the same names are replaced.
     *
     * @throws Problem.NotFound before anything is written
     */
    public void folder(String slug, Path folder) throws IOException {
        CourseExport.write(source(slug), folder);
    }

    /**
     * Whether the course can be written to a folder without writing over something else: it is
     * empty or not there, or this course was written to it before.
     */
    public boolean fits(String slug, Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var entries = Files.list(folder)) {
            if (entries.findAny().isEmpty()) {
                return true;
            }
        }
        var about = folder.resolve("course.yaml");
        return Files.isRegularFile(about)
                && CourseExport.isOf(source(slug), Files.readString(about));
    }

    /** What is to be written, so that an answer can fail before it begins. */
    public CourseSource source(String slug) {
        var draft = draft(slug);
        return source(draft, ruled(draft), terms(draft));
    }

    /**
     * A course as its authors and its learners have it.
     *
     * @param release what learners read, in its authors' words; null where that is the draft, where
     *     nothing was published, and where one of its texts was not kept
     */
    public record Both(CourseSource draft, @Nullable CourseSource release) {}

    /**
     * The draft, and what learners read where the draft has changed since. To be read in one look
     * at the database.
     *
     * @throws Problem.NotFound when the caller's school has no such course
     */
    public Both both(String slug) {
        var draft = draft(slug);
        var current = draft.currentReleaseId();
        var release = current == null ? null : releases.byId(current);
        if (release == null || !draft.updatedAt().isAfter(release.publishedAt())) {
            return new Both(source(draft, ruled(draft), terms(draft)), null);
        }
        var read = texts.written(draft, release).orElse(null);
        // Rules that nobody mentions stay as they were: if one of the two has any, both say all.
        boolean ruled = ruled(draft) || (read != null && ruled(read));
        return new Both(
                source(draft, ruled, terms(draft)),
                read == null ? null : source(read, ruled, null));
    }

    private @Nullable SourceTerms terms(Draft draft) {
        var zone = Caller.current().school().timeZone();
        return rules.terms(draft.courseId(), zone).orElse(null);
    }

    private Draft draft(String slug) {
        return courses.draft(slug)
                .orElseThrow(() -> new Problem.NotFound(say("problem.noSuchCourse")));
    }

    private CourseSource source(Draft draft, boolean ruled, @Nullable SourceTerms terms) {
        return new CourseSource(
                draft.sourceKey(),
                draft.title(),
                true,
                draft.summary(),
                draft.category(),
                draft.tags(),
                draft.level(),
                draft.language(),
                draft.outcomes(),
                draft.audience(),
                modules(draft, ruled),
                draft.files().stream().map(this::file).toList(),
                draft.cover(),
                List.of(),
                terms,
                null);
    }

    private static boolean ruled(Draft draft) {
        return draft.lessons().stream()
                .anyMatch(it -> it.hidden() || !it.rules().equals(LessonRules.NONE));
    }

    /** With the rules of each lesson if any has one: what is not said would stay as it was. */
    private static List<SourceModule> modules(Draft draft, boolean ruled) {
        var keys = new HashMap<UUID, String>();
        draft.lessons().forEach(it -> keys.put(it.id(), it.sourceKey()));
        return draft.modules().stream().map(it -> module(it, ruled, keys)).toList();
    }

    private static SourceRules rules(Draft.Lesson lesson, Map<UUID, String> keys) {
        var rules = lesson.rules();
        var zone = Caller.current().school().timeZone();
        return new SourceRules(
                lesson.hidden(),
                !rules.counts(),
                rules.taste(),
                rules.opensAt() == null
                        ? ""
                        : rules.opensAt().atZone(zone).toOffsetDateTime().toString(),
                rules.opensAfterDays(),
                rules.after().stream()
                        .map(keys::get)
                        .filter(java.util.Objects::nonNull)
                        .sorted()
                        .toList());
    }

    private static SourceModule module(Draft.Module module, boolean ruled, Map<UUID, String> keys) {
        return new SourceModule(
                module.sourceKey(),
                module.title(),
                module.lessons().stream()
                        .map(it ->
                                new SourceLesson(
                                        it.sourceKey(),
                                        it.title(),
                                        it.slug(),
                                        it.markdown(),
                                        it.sourceKey(),
                                        it.minutes(),
                                        ruled ? rules(it, keys) : null))
                        .toList());
    }

    private SourceFile file(Draft.File file) {
        return new SourceFile(file.path(), () -> media.open(file.sha256()), file.media());
    }
}
