package org.stoa.messaging.announcements;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.stoa.messaging.templates.Writing;

/**
 * Something that many people are told at once.
 *
 * @param text Markdown
 * @param at when it goes, or went
 * @param told how many people were told so far
 * @param by who wrote it; empty where the reader may not know
 */
public record Announcement(
        UUID id, String title, String text, Status status, Instant at, int told, String by) {
    /** From the first to the last; one that was called off tells nobody. */
    public enum Status {
        SCHEDULED,
        GOING,
        TOLD,
        CANCELLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** The text, sanitized. */
    public String html() {
        return Writing.html(text);
    }

    public boolean waits() {
        return status == Status.SCHEDULED;
    }
}
