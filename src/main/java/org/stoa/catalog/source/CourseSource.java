package org.stoa.catalog.source;

import java.nio.file.Path;
import java.util.List;

/**
 * A course as its author's folder gives it. Texts are cleaned (no control or direction-changing
 * characters) and no longer than the draft's columns: title 200, summary 2000, path and key 400.
 *
 * @param id what course.yaml says the course is known by, whatever its title; else empty
 * @param named false where nothing names the course and the title is its first lesson's
 * @param language a BCP 47 tag, {@code en} if not declared
 * @param files those that a lesson refers to
 * @param report in the order of the lessons
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
        List<SourceModule> modules,
        List<SourceFile> files,
        List<Finding> report) {

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
     */
    public record SourceLesson(
            String key, String title, String slug, String markdown, String file, int minutes) {}

    /**
     * @param path in the course, as {@code file:} links name it
     * @param content where the bytes are to be read, for as long as the folder or archive is there
     * @param sha256 in lower-case hexadecimal
     */
    public record SourceFile(
            String path, Path content, long size, String mediaType, String sha256) {}

    public List<SourceLesson> lessons() {
        return modules.stream().flatMap(module -> module.lessons().stream()).toList();
    }
}
