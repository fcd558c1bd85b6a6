package org.stoa.catalog;

import java.time.Instant;

/**
 * A draft in the list of them.
 *
 * @param release number of the current release, 0 for none
 * @param changed whether the draft was changed after that release
 */
record CourseLine(
        String slug, String title, int lessons, int release, boolean changed, Instant updatedAt) {}
