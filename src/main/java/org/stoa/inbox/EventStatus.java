package org.stoa.inbox;

import java.util.Locale;

/** Where an event stands. */
public enum EventStatus {
    /** Stored, and not tried to its end yet. */
    PENDING,
    /** Its effects are kept. */
    COMPLETED,
    /** Tried in vain, to be tried again. */
    FAILED,
    /** Tried in vain so often that a person has to look. */
    DEAD;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
