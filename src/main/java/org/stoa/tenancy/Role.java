package org.stoa.tenancy;

import java.util.Locale;

/** What a person is in one school. Declared from the least to the most that one may do. */
public enum Role {
    STUDENT,
    TEACHER,
    ADMIN,
    OWNER;

    public boolean atLeast(Role other) {
        return compareTo(other) >= 0;
    }

    /** The word in the database and in JSON: {@code student}, {@code teacher}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such role
     */
    public static Role of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
