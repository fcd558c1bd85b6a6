package org.stoa.identity;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Problem;

/** The whole installation, for its administrator. */
@Service
class Platform {
    private final PersonStore store;

    Platform(PersonStore store) {
        this.store = store;
    }

    /** Some of a list, and the cursor of what follows. */
    record Page<T>(List<T> items, @Nullable String nextCursor) {}

    Page<PersonStore.School> schools(@Nullable String cursor, int limit) {
        return page(store.schools(after(cursor), limit + 1), limit, PersonStore.School::id);
    }

    Page<Person> people(@Nullable String cursor, int limit) {
        return page(store.people(after(cursor), limit + 1), limit, Person::id);
    }

    private static <T> Page<T> page(List<T> found, int limit, Function<T, UUID> id) {
        boolean more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        return new Page<>(shown, more ? id.apply(shown.getLast()).toString() : null);
    }

    private static @Nullable UUID after(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw new Problem.Invalid("cursor", "This is not a cursor that was handed out.");
        }
    }
}
