package org.stoa.catalog.studio;

import org.stoa.shared.Characters;
import org.stoa.shared.Problem;

/** Holds what teachers type against what can be kept. */
final class Typed {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 500_000;

    private Typed() {}

    /** The title without space around. */
    static String title(String typed) {
        var title = typed.strip();
        if (title.isEmpty()) {
            throw new Problem.Invalid("title", "Write a title.");
        }
        if (title.length() > LONGEST_TITLE) {
            throw new Problem.Invalid("title", "Write a title of at most 200 characters.");
        }
        if (title.codePoints().anyMatch(Characters::hidden)) {
            throw new Problem.Invalid(
                    "title",
                    "The title has characters that cannot be seen, such as marks that turn the"
                            + " direction of writing. Leave them out.");
        }
        return title;
    }

    /** The text with lines ended as Markdown files end them. */
    static String markdown(String typed) {
        if (typed.length() > LONGEST_TEXT) {
            throw new Problem.Invalid(
                    "markdown", "Write at most 500,000 characters, and go on in another lesson.");
        }
        if (typed.codePoints().anyMatch(Characters::cannotBeKept)) {
            throw new Problem.Invalid("markdown", "The text has characters that cannot be kept.");
        }
        return typed.replace("\r\n", "\n").replace('\r', '\n');
    }
}
