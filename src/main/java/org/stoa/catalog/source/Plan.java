package org.stoa.catalog.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pages are the course's lessons, before they are read in full.
 *
 * @param titlePage the page that introduces the course; null if none does
 */
record Plan(@Nullable Page titlePage, List<PlannedModule> modules) {
    record PlannedModule(String key, String title, List<PlannedLesson> lessons) {}

    /**
     * @param title declared where the page is listed; null where the page says it itself
     * @param fallback if neither does
     * @param rules null where nothing is said of them
     */
    record PlannedLesson(
            String key,
            Page page,
            @Nullable String title,
            String fallback,
            @Nullable SourceRules rules) {
        PlannedLesson(String key, Page page, @Nullable String title, String fallback) {
            this(key, page, title, fallback, null);
        }

        String settledTitle() {
            if (title != null && !title.isEmpty()) {
                return title;
            }
            String own = page.title();
            return own != null && !own.isEmpty() ? own : fallback;
        }
    }
}
