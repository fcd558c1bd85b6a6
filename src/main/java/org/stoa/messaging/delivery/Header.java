package org.stoa.messaging.delivery;

import org.stoa.shared.Characters;

/** Makes what people wrote fit to stand in a mail's head. */
final class Header {
    private static final int LONGEST = 150;

    private Header() {}

    /**
     * One line without what breaks lines, is not seen or turns the direction of writing; longer
     * ones are cut. What is not ASCII is encoded by who writes the head (RFC 2047).
     */
    static String line(String words) {
        var line =
                words.codePoints()
                        .map(point -> Character.isWhitespace(point) ? ' ' : point)
                        .filter(point -> point == ' ' || !Characters.hidden(point))
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString()
                        .replaceAll(" +", " ")
                        .strip();
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
