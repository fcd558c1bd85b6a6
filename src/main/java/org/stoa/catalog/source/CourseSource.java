package org.stoa.catalog.source;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.media.Bytes;
import org.stoa.media.MediaFile;

/**
 * A course as its author's folder gives it. Texts are cleaned (no control or direction-changing
 * characters) and no longer than the draft's columns: title 200, summary 2000, path and key 400.
 *
 * @param id what course.yaml says the course is known by, whatever its title; else empty
 * @param named false where nothing names the course and the title is its first lesson's
 * @param language a BCP 47 tag, {@code en} if not declared
 * @param audience for whom it is, a sentence or two; empty where nobody says
 * @param files those that a lesson refers to, and the cover
 * @param cover the path of the picture on the cover; empty for none
 * @param report in the order of the lessons
 * @param terms on which it takes learners in; null where nothing is said of them
 * @param questions kept until they can be asked; null where such a source holds none, so that those
 *     that are kept stay
 */
public record CourseSource(
        String id,
        String title,
        boolean named,
        String summary,
        String category,
        List<String> tags,
        String level,
        String language,
        List<String> outcomes,
        String audience,
        List<SourceModule> modules,
        List<SourceFile> files,
        String cover,
        List<Finding> report,
        @Nullable SourceTerms terms,
        @Nullable List<SourceQuestions> questions) {
    /**
     * @param key unique in the course and the same at every import: the folder's path, or the id in
     *     course.yaml
     */
    public record SourceModule(String key, String title, List<SourceLesson> lessons) {}

    /**
     * @param key unique in the course and the same at every import: the id in course.yaml, else the
     *     file's path
     * @param slug unique in the course, at most 80 of {@code [a-z0-9-]}
     * @param markdown without front matter and title; links rewritten to {@code lesson:KEY#anchor}
     *     and {@code file:PATH}, percent-encoded
     * @param file path of its Markdown file in the course
     * @param minutes to read it, at least 1
     * @param rules null where nothing is said of them
     */
    public record SourceLesson(
            String key,
            String title,
            String slug,
            String markdown,
            String file,
            int minutes,
            @Nullable SourceRules rules) {
        public SourceLesson(
                String key, String title, String slug, String markdown, String file, int minutes) {
            this(key, title, slug, markdown, file, minutes, null);
        }
    }

    /**
     * @param path in the course, as {@code file:} links name it
     * @param content for as long as the folder or archive is there
     */
    public record SourceFile(String path, Bytes content, MediaFile file) {}

    /** The same by another name, on no terms of its own. */
    public CourseSource named(String name) {
        return new CourseSource(
                id, name, true, summary, category, tags, level, language, outcomes, audience,
                modules, files, cover, report, null, null);
    }

    public List<SourceLesson> lessons() {
        return modules.stream().flatMap(module -> module.lessons().stream()).toList();
    }
}
