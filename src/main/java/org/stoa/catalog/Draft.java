package org.stoa.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A course as its authors have it now; learners read its releases.
 *
 * @param language BCP 47 tag
 * @param sourceKey by which an import finds the course again
 * @param createdBy null when the school itself brought it in
 * @param currentReleaseId null before the first release
 * @param files those its lessons refer to
 */
public record Draft(
        UUID courseId,
        String slug,
        String title,
        String summary,
        String category,
        List<String> tags,
        String level,
        String language,
        List<String> outcomes,
        String sourceKey,
        @Nullable UUID createdBy,
        @Nullable UUID currentReleaseId,
        Instant updatedAt,
        List<Module> modules,
        List<File> files) {

    /** A part of the course, in its order. */
    public record Module(UUID id, String title, String sourceKey, List<Lesson> lessons) {
        public int minutes() {
            return lessons.stream().mapToInt(Lesson::minutes).sum();
        }
    }

    /**
     * A lesson.
     *
     * @param id the same at every import; progress hangs on it
     * @param markdown its links to others are {@code lesson:KEY#anchor}, to files {@code
     *     file:PATH}, percent-encoded
     * @param sourceKey the KEY of such links
     */
    public record Lesson(
            UUID id, String slug, String title, int minutes, String markdown, String sourceKey) {}

    /**
     * A file beside the lessons.
     *
     * @param path in the course, as {@code file:} links name it
     * @param size in bytes
     */
    public record File(String path, String sha256, String mediaType, long size) {
        /** Its last name, as it stands in addresses. */
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    public List<Lesson> lessons() {
        return modules.stream().flatMap(module -> module.lessons().stream()).toList();
    }

    public Optional<Lesson> lesson(String sourceKey) {
        return lessons().stream().filter(it -> it.sourceKey().equals(sourceKey)).findFirst();
    }

    public Optional<File> file(String path) {
        return files.stream().filter(it -> it.path().equals(path)).findFirst();
    }
}
