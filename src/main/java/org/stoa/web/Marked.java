package org.stoa.web;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in which what was looked for stands between two control characters, so that it can be
 * escaped as text and still be shown marked. PostgreSQL's {@code ts_headline} writes them with
 * {@code StartSel} and {@code StopSel}.
 */
public final class Marked {
    public static final char START = '\u0002';
    public static final char STOP = '\u0003';

    private Marked() {}

    /** A stretch of the text. */
    public record Piece(String text, boolean match) {}

    public static List<Piece> pieces(String text) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        boolean match = false;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            if (end || text.charAt(i) == START || text.charAt(i) == STOP) {
                if (i > from) {
                    pieces.add(new Piece(text.substring(from, i), match));
                }
                match = !end && text.charAt(i) == START;
                from = i + 1;
            }
        }
        return pieces;
    }

    /** Marks the words of a query where a word of the text begins with them. */
    public static List<Piece> pieces(String text, String query) {
        var words = query.strip().split("\\s+");
        var marked = new StringBuilder(text.length() + 8);
        int i = 0;
        while (i < text.length()) {
            int length = startsWord(text, i) ? matchLength(text, i, words) : 0;
            if (length > 0) {
                marked.append(START).append(text, i, i + length).append(STOP);
                i += length;
            } else {
                marked.append(text.charAt(i++));
            }
        }
        return pieces(marked.toString());
    }

    private static boolean startsWord(String text, int at) {
        return at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
    }

    private static int matchLength(String text, int at, String[] words) {
        int longest = 0;
        for (var word : words) {
            if (word.length() > longest && text.regionMatches(true, at, word, 0, word.length())) {
                longest = word.length();
            }
        }
        return longest;
    }
}
