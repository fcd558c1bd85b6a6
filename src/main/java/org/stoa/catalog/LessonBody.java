package org.stoa.catalog;

/**
 * A lesson's content in a release.
 *
 * @param html rendered and sanitized when it was published
 * @param words the same as plain text: the running text on one line, the notes on a second
 */
public record LessonBody(String html, String words) {
    /** The beginning as plain text, ended at a word; at most so many characters. */
    public String excerpt(int most) {
        var running = words.lines().findFirst().orElse("");
        if (running.length() <= most) {
            return running;
        }
        int end = running.lastIndexOf(' ', most - 1);
        return running.substring(0, end <= 0 ? most - 1 : end) + "…";
    }
}
