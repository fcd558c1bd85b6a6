package org.stoa.catalog;

import java.util.List;

/** A part of a course, as released. */
public record ReleaseModule(String title, List<ReleaseLesson> lessons) {
    public int minutes() {
        return lessons.stream().mapToInt(ReleaseLesson::minutes).sum();
    }
}
