package org.stoa.catalog;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.stoa.web.live.Audiences;

/**
 * Tells those who have a course open in the studio that its draft has changed. The news hold ids
 * alone: who hears them asks for what has changed, and is asked whether they may see it.
 */
@Component
public class CourseNews {
    // Open pages say it every minute.
    private static final Duration KEPT = Duration.ofSeconds(150);

    private final Audiences audiences;

    CourseNews(Audiences audiences) {
        this.audiences = audiences;
    }

    /** The caller, who may change it, has the course open. */
    public void watch(String slug) {
        audiences.join("course-" + slug, KEPT);
    }

    /**
     * The draft changed, in the transaction at hand.
     *
     * @param lesson whose text it is; null for anything else
     * @param version of the text
     */
    public void changed(String slug, @Nullable UUID lesson, int version) {
        audiences.tell(
                "course-" + slug,
                "course",
                "{\"course\":\"%s\",\"lesson\":%s,\"version\":%d}"
                        .formatted(slug, lesson == null ? "null" : "\"" + lesson + "\"", version));
    }
}
