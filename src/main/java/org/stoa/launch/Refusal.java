package org.stoa.launch;

/** Why a command cannot go on, in one sentence, and what to do. Ends the program with status 1. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Refusal(String sentence) {
        super(sentence);
    }

    public Refusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
