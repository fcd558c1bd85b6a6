package org.stoa.enrollment;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One reason to have access to a course. Each is a row of its own, so that losing one never touches
 * another.
 *
 * @param reference what it comes from: an order, a subscription, a cohort; of one kind and for one
 *     person and course, one reference is one grant
 * @param endsAt when it ends by itself; null for never
 */
public record Grant(Source source, String reference, @Nullable Instant endsAt) {
    /** Kinds of reasons. */
    public enum Source {
        FREE,
        PURCHASE,
        SUBSCRIPTION,
        SEAT,
        GIFT,
        COHORT,
        HAND;

        /** As the database says it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Grant free() {
        return new Grant(Source.FREE, "", null);
    }

    static Grant ofCohort(UUID cohort) {
        return new Grant(Source.COHORT, cohort.toString(), null);
    }

    public static Grant of(Source source, UUID reference) {
        return new Grant(source, reference.toString(), null);
    }

    public Grant until(Instant end) {
        return new Grant(source, reference, end);
    }
}
