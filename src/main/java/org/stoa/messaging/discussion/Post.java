package org.stoa.messaging.discussion;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.stoa.catalog.markdown.Remarks;

/**
 * What somebody wrote, as one reader sees it: the words of what was removed or hidden are there for
 * those alone who may read them.
 *
 * @param author their name when they wrote
 * @param mine the reader wrote it
 * @param staff they taught the course when they wrote
 * @param markdown empty where its words are not for the reader
 * @param mentioned names of those who were told of it because it names them
 * @param reported the reader has reported it
 */
public record Post(
        UUID id,
        UUID authorId,
        String author,
        boolean mine,
        boolean staff,
        Instant at,
        boolean edited,
        State state,
        String markdown,
        List<String> mentioned,
        boolean reported) {
    /** Whether it can be read. */
    public enum State {
        SHOWN,
        /** By its author, for good. */
        REMOVED,
        /** By the course's staff, who can show it again. */
        HIDDEN;

        /** As in JSON and in words. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Sanitized. */
    public String html() {
        return Remarks.html(markdown, mentioned);
    }

    public boolean shown() {
        return state == State.SHOWN;
    }

    public boolean hidden() {
        return state == State.HIDDEN;
    }
}
