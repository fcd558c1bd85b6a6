package org.stoa.catalog;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.media.MediaFile;

/**
 * A course as its authors have it now; learners read its releases.
 *
 * @param language BCP 47 tag
 * @param audience for whom it is; empty where nobody says
 * @param teachers the names of those who lead it
 * @param sourceKey by which an import finds the course again
 * @param createdBy null when the school itself brought it in
 * @param currentReleaseId null before the first release
 * @param files those its lessons refer to
 * @param cover the path of the one that is its cover; empty for none
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
        String audience,
        List<String> teachers,
        String sourceKey,
        @Nullable UUID createdBy,
        @Nullable UUID currentReleaseId,
        Instant updatedAt,
        List<Module> modules,
        List<File> files,
        String cover) {

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
     * @param hidden publishing leaves it out
     */
    public record Lesson(
            UUID id,
            String slug,
            String title,
            int minutes,
            String markdown,
            String sourceKey,
            boolean hidden,
            LessonRules rules) {
        private Lesson among(Set<UUID> shown) {
            var after = rules.after().stream().filter(shown::contains).toList();
            return new Lesson(
                    id, slug, title, minutes, markdown, sourceKey, hidden, rules.after(after));
        }
    }

    /**
     * A file beside the lessons.
     *
     * @param path in the course, as {@code file:} links name it
     */
    public record File(String path, MediaFile media) {
        public String sha256() {
            return media.sha256();
        }

        /** Its last name, as it stands in addresses. */
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    public List<Lesson> lessons() {
        return modules.stream().flatMap(module -> module.lessons().stream()).toList();
    }

    /**
     * The draft as its learners will have it: without hidden lessons, and where no lesson waits for
     * one that is not there.
     */
    public Draft shown() {
        var shown = new HashSet<UUID>();
        lessons().stream().filter(it -> !it.hidden()).forEach(it -> shown.add(it.id()));
        var kept =
                modules.stream()
                        .map(module ->
                                new Module(
                                        module.id(),
                                        module.title(),
                                        module.sourceKey(),
                                        module.lessons().stream()
                                                .filter(it -> shown.contains(it.id()))
                                                .map(it -> it.among(shown))
                                                .toList()))
                        .toList();
        return new Draft(
                courseId,
                slug,
                title,
                summary,
                category,
                tags,
                level,
                language,
                outcomes,
                audience,
                teachers,
                sourceKey,
                createdBy,
                currentReleaseId,
                updatedAt,
                kept,
                files,
                cover);
    }

    public Optional<Lesson> lesson(String sourceKey) {
        return lessons().stream().filter(it -> it.sourceKey().equals(sourceKey)).findFirst();
    }

    public Optional<File> file(String path) {
        return files.stream().filter(it -> it.path().equals(path)).findFirst();
    }
}
