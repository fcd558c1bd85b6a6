package org.stoa.catalog.studio;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A course as its pages in the studio show it.
 *
 * @param currentReleaseId the release that learners read; null for none
 * @param nextRelease the number that the next release will have
 */
public record CourseDesk(
        Outline outline,
        String summary,
        String category,
        String level,
        List<String> tags,
        String language,
        List<String> outcomes,
        @Nullable UUID currentReleaseId,
        int nextRelease,
        @Nullable Scheduled scheduled) {

    /**
     * A release that is to be.
     *
     * @param by who wished it; null when they are gone
     * @param failure why it did not come to be, a sentence; null as long as nothing went wrong
     */
    public record Scheduled(
            Instant dueAt, String note, @Nullable String by, @Nullable String failure) {}
}
