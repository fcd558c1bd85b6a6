package org.stoa.catalog.markdown;

import java.util.StringTokenizer;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/** How long a lesson takes to read: 200 words a minute, 4 seconds a line of code, 12 an image. */
public final class ReadingTime {
    private static final int WORDS_A_MINUTE = 200;
    private static final int SECONDS_A_LINE = 4;
    private static final int SECONDS_AN_IMAGE = 12;

    private ReadingTime() {}

    /** In minutes, rounded up, at least 1. */
    public static int of(Node document) {
        long words = 0;
        long seconds = 0;
        for (Node node : Dialect.nodes(document)) {
            switch (node) {
                case Text text -> words += new StringTokenizer(text.getLiteral()).countTokens();
                case FencedCodeBlock code ->
                        seconds += SECONDS_A_LINE * code.getLiteral().lines().count();
                case IndentedCodeBlock code ->
                        seconds += SECONDS_A_LINE * code.getLiteral().lines().count();
                case Image image -> seconds += SECONDS_AN_IMAGE;
                default -> {}
            }
        }
        seconds += words * 60 / WORDS_A_MINUTE;
        return (int) Math.max(1, (seconds + 59) / 60);
    }
}
