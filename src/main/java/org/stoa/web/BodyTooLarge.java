package org.stoa.web;

import org.stoa.shared.Words;

/** A body went on beyond what is taken here; found while it was read. */
final class BodyTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The sentence about it. */
    static String message() {
        return Words.say("problem.tooLarge");
    }

    BodyTooLarge() {
        super("problem.tooLarge");
    }
}
