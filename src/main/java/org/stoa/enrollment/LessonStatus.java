package org.stoa.enrollment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How far a learner is in one lesson. What is completed stays so, whatever a late device says. */
public enum LessonStatus {
    @JsonProperty("started")
    STARTED,
    @JsonProperty("completed")
    COMPLETED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static LessonStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
