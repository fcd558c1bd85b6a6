package org.stoa.catalog.studio;

import java.time.Instant;
import java.util.List;

/** A course as its page in the studio shows it. */
record CourseDesk(
        Outline outline,
        String summary,
        String category,
        String level,
        List<String> tags,
        Instant updatedAt) {}
