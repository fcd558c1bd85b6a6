package org.stoa.shared;

import static org.stoa.shared.Words.say;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Some of a list.
 *
 * @param nextCursor where what follows begins; null at the end
 */
public record Slice<T>(List<T> items, @Nullable String nextCursor) {
    /**
     * The first of what was found.
     *
     * @param found one more than the limit, if there are that many
     * @param cursor what the list goes on after
     */
    public static <T> Slice<T> of(List<T> found, int limit, Function<T, ?> cursor) {
        if (found.size() <= limit) {
            return new Slice<>(found, null);
        }
        var shown = found.subList(0, limit);
        return new Slice<>(shown, cursor.apply(shown.getLast()).toString());
    }

    /**
     * The id that a list goes on after; null for its beginning.
     *
     * @throws Problem.Invalid when it is not one that was handed out
     */
    public static @Nullable UUID after(@Nullable String cursor) {
        try {
            return cursor == null ? null : UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
    }

    /** A cursor that nobody handed out. */
    public static Problem.Invalid notOurs() {
        return new Problem.Invalid("cursor", say("problem.cursor"));
    }
}
