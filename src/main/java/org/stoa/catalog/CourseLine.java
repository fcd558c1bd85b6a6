package org.stoa.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.people.CourseStanding;
import org.stoa.media.WebPicture;

/**
 * A draft in the list of them.
 *
 * @param release number of the current release, 0 for none
 * @param changed whether the draft was changed after that release
 * @param standing what the caller is in it
 * @param cover of the release; null for none, and then one is drawn
 */
public record CourseLine(
        String slug,
        String title,
        int lessons,
        int release,
        boolean changed,
        Instant updatedAt,
        CourseStanding standing,
        @Nullable WebPicture cover) {}
