package org.stoa.enrollment;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What became of a place in a course, and what may become of it next. */
public enum EnrollmentStatus {
    ACTIVE,
    WITHDRAWN;

    private static final Map<EnrollmentStatus, Set<EnrollmentStatus>> ALLOWED =
            Map.of(ACTIVE, Set.of(WITHDRAWN), WITHDRAWN, Set.of(ACTIVE));

    public boolean mayBecome(EnrollmentStatus next) {
        return ALLOWED.getOrDefault(this, Set.of()).contains(next);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EnrollmentStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
