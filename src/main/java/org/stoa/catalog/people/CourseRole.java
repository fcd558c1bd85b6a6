package org.stoa.catalog.people;

import static org.stoa.shared.Words.say;

import java.util.Locale;
import org.stoa.shared.Problem;

/** What a teacher is in one course. */
public enum CourseRole {
    LEAD,
    ASSISTANT,
    REVIEWER;

    /** The word in the database and in JSON: {@code lead}, {@code assistant}, {@code reviewer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws Problem.Invalid for the field {@code role} when there is no such role
     */
    public static CourseRole of(String word) {
        for (var role : values()) {
            if (role.word().equals(word)) {
                return role;
            }
        }
        throw new Problem.Invalid("role", say("people.sayRole"));
    }
}
