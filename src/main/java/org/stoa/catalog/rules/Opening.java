package org.stoa.catalog.rules;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.ReleaseLesson;

/** Whether a lesson is open to somebody; if not, why, and when it will be. */
public sealed interface Opening {
    Opening OPEN = new Open();
    Opening OUTSIDE = new Outside();

    /** It can be read. */
    record Open() implements Opening {}

    /**
     * A time is set, and not yet there.
     *
     * @param why what set it
     * @param first lessons that are to be done too; mostly none
     */
    record Later(Instant at, Why why, List<ReleaseLesson> first) implements Opening {}

    /** It opens the moment these are done. */
    record First(List<ReleaseLesson> lessons) implements Opening {}

    /** Only those with a place in the course read it. */
    record Outside() implements Opening {}

    /** What a time comes from. */
    enum Why {
        /** A date that is the same for all. */
        DATE,
        /** Days since this learner joined. */
        DAYS,
        /** The calendar of their cohort. */
        CALENDAR,
        /** Their cohort has not begun. */
        START
    }

    default boolean open() {
        return this instanceof Open;
    }

    /** When it opens; null when that is not a matter of time. */
    default @Nullable Instant at() {
        return this instanceof Later later ? later.at() : null;
    }

    /** What is to be done first. */
    default List<ReleaseLesson> before() {
        return switch (this) {
            case Later(var at, var why, var first) -> first;
            case First(var lessons) -> lessons;
            case Open open -> List.of();
            case Outside outside -> List.of();
        };
    }
}
