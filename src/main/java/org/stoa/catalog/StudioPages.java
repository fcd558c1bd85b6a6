package org.stoa.catalog;

import java.time.Instant;
import java.util.List;
import org.stoa.web.Form;

/** Where teachers bring in, look over and publish their courses. */
public class StudioPages {
    /**
     * {@code catalog/studio}.
     *
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record StudioView(List<StudioCourse> courses, String notice) {}

    /**
     * A course as its teachers see it.
     *
     * @param release number of the current release, 0 for none
     * @param changed whether the draft differs from the release
     */
    public record StudioCourse(
            String slug,
            String title,
            int lessons,
            int release,
            boolean changed,
            Instant updatedAt) {}

    /**
     * {@code catalog/import}; posts the zip as {@code file} to {@code /studio/import}.
     *
     * @param form its field {@code file} says what was wrong with the last one
     * @param mostBytes the largest upload that is taken
     */
    public record ImportView(Form form, long mostBytes) {}

    /**
     * {@code catalog/imported}: what came in and what could not be carried over.
     *
     * @param lessons how many there are now
     * @param renewed whether the draft was there already
     */
    public record ImportedView(
            String slug,
            String title,
            int modules,
            int lessons,
            boolean renewed,
            List<Finding> report) {}

    /**
     * Something an import could not carry over or had to guess.
     *
     * @param line from 1, or 0 where the whole file is meant
     */
    public record Finding(String file, int line, String message) {}

    /**
     * {@code catalog/draft}; publishing posts {@code note} to {@code /studio/{course}/releases},
     * the export is at {@code GET /studio/{course}/export}.
     *
     * @param releases the newest first
     * @param changed whether the draft differs from the current release
     * @param notice what was just done, a sentence; empty on a plain visit
     */
    public record DraftView(
            String slug,
            String title,
            String summary,
            String category,
            String level,
            List<String> tags,
            List<CatalogPages.Module> modules,
            List<Release> releases,
            boolean changed,
            String notice) {
        /** The number that the next release will have. */
        public int nextRelease() {
            return releases.isEmpty() ? 1 : releases.getFirst().number() + 1;
        }
    }

    /** A release in the list of them. */
    public record Release(int number, Instant publishedAt, String publishedBy, String note) {}
}
