package org.stoa.catalog.records;

import java.util.Locale;

/** Whether learners can read a course. */
public enum Publication {
    NO,
    YES,
    /** They can, and the draft has changed since. */
    CHANGED;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
