package org.stoa.catalog.people;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What the caller is in a course, and so what they may do in it. */
public enum CourseStanding {
    /** An administrator of the school, who may do everything in each of its courses. */
    ADMIN(EnumSet.allOf(CourseRight.class)),
    LEAD(EnumSet.allOf(CourseRight.class)),
    ASSISTANT(EnumSet.of(CourseRight.SEE, CourseRight.EDIT, CourseRight.LEARNERS)),
    REVIEWER(EnumSet.of(CourseRight.SEE)),
    /** A teacher of the school, in a course that nobody leads: it is the school's own. */
    SCHOOL(EnumSet.of(CourseRight.SEE, CourseRight.EDIT, CourseRight.LEARNERS, CourseRight.LEAD));

    private final Set<CourseRight> rights;

    CourseStanding(Set<CourseRight> rights) {
        this.rights = rights;
    }

    public boolean may(CourseRight right) {
        return rights.contains(right);
    }

    public boolean edits() {
        return may(CourseRight.EDIT);
    }

    public boolean leads() {
        return may(CourseRight.LEAD);
    }

    /** The word of the database's {@code course_standing} and of JSON. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException when there is no such standing
     */
    public static CourseStanding of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
