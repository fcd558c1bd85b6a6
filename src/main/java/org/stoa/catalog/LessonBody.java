package org.stoa.catalog;

/**
 * A lesson's content in a release.
 *
 * @param html rendered and sanitized when it was published
 * @param words the same as plain text
 */
public record LessonBody(String html, String words) {
    /** The beginning as plain text, ended at a word; at most so many characters. */
    public String excerpt(int most) {
        if (words.length() <= most) {
            return words;
        }
        int end = words.lastIndexOf(' ', most - 1);
        return words.substring(0, end <= 0 ? most - 1 : end) + "…";
    }
}
