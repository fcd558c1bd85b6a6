package org.stoa.catalog.markdown;

import java.util.List;
import java.util.Set;

/**
 * What the highlighter needs to know of a language.
 *
 * @param name the class after {@code language-}; empty for plain text
 * @param lineComments what begins a comment that ends with the line
 * @param blockComments pairs of what begins and ends a longer one
 * @param strings what begins and ends a string, longest first
 * @param multiline those of {@code strings} that may run over a line's end
 * @param markup whether words are coloured only inside tags
 */
record Language(
        String name,
        Set<String> keywords,
        List<String> lineComments,
        List<Pair> blockComments,
        List<String> strings,
        Set<String> multiline,
        boolean caseless,
        boolean markup) {

    record Pair(String open, String close) {}
}
