package org.stoa.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.stoa.shared.Slice;

/** The whole installation, for its administrator. */
@Service
class Platform {
    private final PersonStore store;

    Platform(PersonStore store) {
        this.store = store;
    }

    Slice<PersonStore.School> schools(@Nullable String cursor, int limit) {
        var found = store.schools(Slice.after(cursor), limit + 1);
        return Slice.of(found, limit, PersonStore.School::id);
    }

    Slice<Person> people(@Nullable String cursor, int limit) {
        return Slice.of(store.people(Slice.after(cursor), limit + 1), limit, Person::id);
    }
}
