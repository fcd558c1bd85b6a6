package org.stoa.catalog.reuse;

import org.stoa.catalog.source.CourseSource;

/**
 * A course to begin from.
 *
 * @param name one word, as forms send it
 * @param summary what it is good for, a sentence or two
 */
public record Template(String name, String summary, CourseSource source) {
    public String title() {
        return source.title();
    }

    public int lessons() {
        return source.lessons().size();
    }
}
