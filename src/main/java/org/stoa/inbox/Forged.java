package org.stoa.inbox;

/** Nobody who knows the secret vouches for what came, or not for now. */
public final class Forged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Forged(String reason) {
        super(reason);
    }

    public Forged(String reason, Throwable cause) {
        super(reason, cause);
    }
}
