package org.stoa.messaging.letters;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stoa.catalog.markdown.Remarks;

/**
 * What a learner and the teachers of a course wrote to each other, as one of them sees it.
 *
 * @param learner whose it is
 * @param mine the reader is the learner
 * @param writes the learner has a place in the course that holds now
 * @param letters the first one first; those before the first shown are left out
 * @param unread by the reader, of what the other side wrote
 * @param readByOthers how far the other side has read; null for nothing
 */
public record Conversation(
        UUID courseId,
        String course,
        String title,
        UUID learner,
        String learnerName,
        boolean mine,
        boolean writes,
        List<Letter> letters,
        boolean earlier,
        int unread,
        @Nullable UUID readByOthers) {
    /**
     * One letter.
     *
     * @param mine the reader wrote it
     * @param staff a teacher of the course wrote it
     */
    public record Letter(
            UUID id,
            UUID authorId,
            String author,
            boolean mine,
            boolean staff,
            Instant at,
            String markdown) {
        /** Sanitized. */
        public String html() {
            return Remarks.html(markdown, List.of());
        }
    }

    /** Where its reader finds it. */
    public String path() {
        return mine ? "/messages/" + course : "/messages/" + course + "/" + learner;
    }

    /** What news of it are about. */
    public String about() {
        return courseId + "/" + learner;
    }

    /** Whether the other side has read this one. */
    public boolean read(Letter letter) {
        return readByOthers != null
                && letter.staff() != mine
                && letter.id().toString().compareTo(readByOthers.toString()) <= 0;
    }
}
