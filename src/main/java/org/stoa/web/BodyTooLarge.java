package org.stoa.web;

/** A body went on beyond what is taken here; found while it was read. */
final class BodyTooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final String MESSAGE = "What was sent is larger than is taken here.";

    BodyTooLarge() {
        super(MESSAGE);
    }
}
