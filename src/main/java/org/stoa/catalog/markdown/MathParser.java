package org.stoa.catalog.markdown;

import java.util.Set;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Position;
import org.commonmark.parser.beta.Scanner;

/**
 * Formulas by Pandoc's rule, so that prices stay prices: the opening dollar stands before a
 * non-space, the closing one after a non-space and not before a digit.
 */
final class MathParser implements InlineContentParser {
    // A lone dollar looks ahead no further, so a page of them stays linear.
    private static final int LONGEST = 1_000;

    @Override
    public ParsedInline tryParse(InlineParserState state) {
        Scanner scanner = state.scanner();
        int dollars = scanner.matchMultiple('$');
        if (dollars > 2 || !scanner.hasNext()) {
            return ParsedInline.none();
        }
        boolean display = dollars == 2;
        if (!display && Character.isWhitespace(scanner.peek())) {
            return ParsedInline.none();
        }
        Position start = scanner.position();
        char before = ' ';
        for (int length = 0; scanner.hasNext() && length < LONGEST; length++) {
            char here = scanner.peek();
            if (here == '$') {
                Position end = scanner.position();
                int closing = scanner.matchMultiple('$');
                if (closes(display, closing, before, scanner.peek(), length)) {
                    String literal = scanner.getSource(start, end).getContent().strip();
                    return ParsedInline.of(new MathText(literal, display), scanner.position());
                }
                return ParsedInline.none();
            }
            if (here == '\\') {
                scanner.next();
            }
            before = here;
            if (scanner.hasNext()) {
                scanner.next();
            }
        }
        return ParsedInline.none();
    }

    private static boolean closes(
            boolean display, int closing, char before, char after, int length) {
        if (length == 0) {
            return false;
        }
        return display
                ? closing == 2
                : closing == 1 && !Character.isWhitespace(before) && !Character.isDigit(after);
    }

    static final class Factory implements InlineContentParserFactory {
        @Override
        public Set<Character> getTriggerCharacters() {
            return Set.of('$');
        }

        @Override
        public InlineContentParser create() {
            return new MathParser();
        }
    }
}
