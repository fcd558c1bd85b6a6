package org.stoa.interop.webhooks;

import java.util.Arrays;
import java.util.List;

/** What a school's addresses can be told of. */
public enum OutgoingKind {
    COURSE_PUBLISHED("course.published"),
    ENROLLMENT_CREATED("enrollment.created"),
    LESSON_COMPLETED("lesson.completed");

    private final String word;

    OutgoingKind(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(OutgoingKind::word).toList();
    }
}
