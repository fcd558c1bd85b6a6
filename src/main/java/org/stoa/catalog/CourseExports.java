package org.stoa.catalog;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.stoa.catalog.source.CourseExport;
import org.stoa.catalog.source.CourseSource;
import org.stoa.catalog.source.CourseSource.SourceFile;
import org.stoa.catalog.source.CourseSource.SourceLesson;
import org.stoa.catalog.source.CourseSource.SourceModule;
import org.stoa.shared.Problem;
import org.stoa.tenancy.Caller;

/** Hands a course's draft out, in the format in which courses come in. */
@Service
public class CourseExports {
    private final Courses courses;
    private final MediaFiles media;

    CourseExports(Courses courses, MediaFiles media) {
        this.courses = courses;
        this.media = media;
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
    CourseSource source(String slug) {
        var draft =
                courses.draft(slug)
                        .orElseThrow(() -> new Problem.NotFound("There is no such course."));
        var school = Caller.current().school().id();
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
                draft.modules().stream().map(CourseExports::module).toList(),
                draft.files().stream().map(file -> file(school, file)).toList(),
                List.of());
    }

    private static SourceModule module(Draft.Module module) {
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
                                        it.minutes()))
                        .toList());
    }

    private SourceFile file(UUID school, Draft.File file) {
        return new SourceFile(
                file.path(),
                media.path(school, file.sha256()),
                file.size(),
                file.mediaType(),
                file.sha256());
    }
}
