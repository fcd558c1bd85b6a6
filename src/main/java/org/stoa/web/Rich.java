package org.stoa.web;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Sentences with something in them that is more than text. They are written with a few marks, which
 * {@code tag/rich.jte} turns into markup: {@code <a>…</a>} a link, {@code <b>}, {@code <kbd>} and
 * {@code <code>} themselves, {@code <_>} the place of something that the page draws.
 */
public final class Rich {
    private static final Pattern MARKS = Pattern.compile("<(a|b|kbd|code)>(.*?)</\\1>|<(_)>");

    private Rich() {}

    /**
     * A piece of a sentence.
     *
     * @param mark the mark's name, empty for plain text
     */
    public record Piece(String mark, String text) {}

    public static List<Piece> pieces(String words) {
        var pieces = new ArrayList<Piece>();
        var found = MARKS.matcher(words);
        int from = 0;
        while (found.find()) {
            if (found.start() > from) {
                pieces.add(new Piece("", words.substring(from, found.start())));
            }
            pieces.add(
                    found.group(3) == null
                            ? new Piece(found.group(1), found.group(2))
                            : new Piece("_", ""));
            from = found.end();
        }
        if (from < words.length()) {
            pieces.add(new Piece("", words.substring(from)));
        }
        return pieces;
    }
}
