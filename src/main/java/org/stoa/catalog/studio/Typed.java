package org.stoa.catalog.studio;

import static org.stoa.shared.Words.say;

import org.stoa.shared.Characters;
import org.stoa.shared.Problem;

/** Holds what teachers type against what can be kept. */
public final class Typed {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_TEXT = 500_000;

    private Typed() {}

    /**
     * The title without space around.
     *
     * @throws Problem.Invalid for the field {@code title}
     */
    public static String title(String typed) {
        var title = typed.strip();
        if (title.isEmpty()) {
            throw new Problem.Invalid("title", say("studio.typed.title"));
        }
        if (title.length() > LONGEST_TITLE) {
            throw new Problem.Invalid("title", say("studio.typed.titleLength"));
        }
        if (title.codePoints().anyMatch(Characters::hidden)) {
            throw new Problem.Invalid("title", say("studio.typed.titleUnseen"));
        }
        return title;
    }

    /** The text with lines ended as Markdown files end them. */
    static String markdown(String typed) {
        if (typed.length() > LONGEST_TEXT) {
            throw new Problem.Invalid("markdown", say("studio.typed.textLength"));
        }
        if (typed.codePoints().anyMatch(Characters::cannotBeKept)) {
            throw new Problem.Invalid("markdown", say("studio.typed.text"));
        }
        return typed.replace("\r\n", "\n").replace('\r', '\n');
    }
}
