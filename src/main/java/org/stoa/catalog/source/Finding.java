package org.stoa.catalog.source;

import org.jspecify.annotations.Nullable;

/**
 * Something an author should know about what was read.
 *
 * @param file its path in the course; empty for the whole course
 * @param line counted from 1; null where no one line is meant
 * @param message a sentence
 */
public record Finding(String file, @Nullable Integer line, String message, Severity severity) {
    /** INFO: how it was read. WARNING: something is missing. ERROR: a page or file was left out. */
    public enum Severity {
        INFO,
        WARNING,
        ERROR
    }

    public static Finding info(String file, @Nullable Integer line, String message) {
        return new Finding(file, line, message, Severity.INFO);
    }

    public static Finding warning(String file, @Nullable Integer line, String message) {
        return new Finding(file, line, message, Severity.WARNING);
    }

    public static Finding error(String file, @Nullable Integer line, String message) {
        return new Finding(file, line, message, Severity.ERROR);
    }
}
