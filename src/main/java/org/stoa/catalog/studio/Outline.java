package org.stoa.catalog.studio;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stoa.catalog.LessonRules;
import org.stoa.catalog.people.CourseStanding;

/**
 * A draft's modules and lessons without their texts.
 *
 * @param standing what the caller is in the course, and so what they may do in it
 * @param updatedAt when any of it changed last
 * @param modules the version of each goes up when its title changes
 * @param bin what was thrown away, the latest first
 */
public record Outline(
        UUID courseId,
        String slug,
        String title,
        CourseStanding standing,
        Instant updatedAt,
        List<Module> modules,
        List<Lesson> bin) {
    public record Module(UUID id, String title, int version, List<Lesson> lessons) {}

    /** Every lesson that is not in the bin, in the course's order. */
    public List<Lesson> lessons() {
        return modules.stream().flatMap(it -> it.lessons().stream()).toList();
    }

    public List<Elsewhere> also(UUID lesson) {
        return lessons().stream()
                .filter(it -> it.id().equals(lesson))
                .flatMap(it -> it.also().stream())
                .toList();
    }

    /**
     * @param key by which other lessons' texts link to it: {@code lesson:KEY}; it outlives titles
     * @param version goes up when title or text change
     * @param added learners have not had it: it is not in the current release
     * @param changed it says something else than in the current release
     * @param moved it stands in another module than in the current release
     * @param hidden the next release leaves it out
     * @param rules when it opens, and to whom
     * @param also the other courses in which its text stands; what is written here changes there
     */
    public record Lesson(
            UUID id,
            UUID moduleId,
            String slug,
            String key,
            String title,
            int minutes,
            int version,
            boolean added,
            boolean changed,
            boolean moved,
            boolean hidden,
            LessonRules rules,
            List<Elsewhere> also) {}
}
