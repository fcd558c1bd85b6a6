package org.stoa.catalog.markdown;

import java.util.List;

/**
 * A lesson's text, ready to send.
 *
 * @param html sanitized; headings begin at h2
 * @param text every word of it without markup, for search: the running text on one line, the notes
 *     on a second
 * @param minutes to read it, at least 1
 * @param firstSentence of the first paragraph, at most 240 characters; empty if there is none
 */
public record Rendered(
        String html, String text, List<Heading> headings, int minutes, String firstSentence) {

    /**
     * @param level 2 to 6
     * @param anchor the id of the heading in the html
     */
    public record Heading(int level, String anchor, String text) {}
}
