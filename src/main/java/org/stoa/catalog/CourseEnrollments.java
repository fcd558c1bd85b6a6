package org.stoa.catalog;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets the module above, which knows who learns what, say so where the catalog describes a course.
 * The catalog may not ask it: arrows in this house point downward.
 */
@Component
public class CourseEnrollments {
    private Function<Release, Told> teller = release -> new Told(null, Map.of());

    /**
     * How far the caller is.
     *
     * @param percent rounded down
     */
    public record Progress(int completed, int total, int percent) {}

    /**
     * The caller's place in a course.
     *
     * @param open whether a grant gives access now
     */
    public record Place(boolean open, Progress progress) {}

    /**
     * Why a lesson is not open to the caller.
     *
     * @param opensAt null where that is no matter of time
     * @param reason a sentence
     */
    public record Lock(@Nullable Instant opensAt, String reason) {}

    /**
     * What is known of the caller.
     *
     * @param place null where they have none
     * @param locks by lesson; those that are open have none
     */
    public record Told(@Nullable Place place, Map<UUID, Lock> locks) {}

    /** Says who knows. */
    public void toldBy(Function<Release, Told> who) {
        teller = who;
    }

    Told of(Release release) {
        return teller.apply(release);
    }
}
