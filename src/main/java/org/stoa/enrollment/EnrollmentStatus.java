package org.stoa.enrollment;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What became of a place in a course, and what may become of it next. */
public enum EnrollmentStatus {
    ACTIVE,
    /** They gave it up. */
    WITHDRAWN,
    /** The last reason for access has ended. */
    LAPSED;

    private static final Map<EnrollmentStatus, Set<EnrollmentStatus>> ALLOWED =
            Map.of(
                    ACTIVE, Set.of(WITHDRAWN, LAPSED),
                    WITHDRAWN, Set.of(ACTIVE),
                    LAPSED, Set.of(ACTIVE));

    public boolean mayBecome(EnrollmentStatus next) {
        return ALLOWED.getOrDefault(this, Set.of()).contains(next);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EnrollmentStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
