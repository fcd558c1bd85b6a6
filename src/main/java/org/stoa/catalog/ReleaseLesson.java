package org.stoa.catalog;

import java.util.UUID;

/**
 * A lesson, as released.
 *
 * @param id outlives releases; progress hangs on it
 * @param minutes to read it, estimated
 * @param number of module and lesson, from 1, like {@code 3.4}
 * @param index place among all lessons of the course, from 0
 * @param moduleIndex place of its module, from 0
 * @param rules when it opens, and to whom; releases from before there were any hold none
 */
public record ReleaseLesson(
        UUID id,
        String slug,
        String title,
        int minutes,
        String number,
        int index,
        int moduleIndex,
        LessonRules rules) {
    public ReleaseLesson {
        rules = rules == null ? LessonRules.NONE : rules;
    }
}
