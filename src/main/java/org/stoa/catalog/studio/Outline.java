package org.stoa.catalog.studio;

import java.util.List;
import java.util.UUID;

/**
 * A draft's modules and lessons without their texts.
 *
 * @param bin what was thrown away, the latest first
 */
public record Outline(
        UUID courseId, String slug, String title, List<Module> modules, List<Lesson> bin) {
    /**
     * @param version goes up when the title changes
     */
    public record Module(UUID id, String title, int version, List<Lesson> lessons) {}

    /**
     * @param version goes up when title or text change
     */
    public record Lesson(
            UUID id, UUID moduleId, String slug, String title, int minutes, int version) {}
}
