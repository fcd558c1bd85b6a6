package org.stoa.messaging.notifications;

import static org.stoa.shared.Words.say;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person is told inside Stoa.
 *
 * @param kind one word, such as {@code enrolled} or {@code asked}; said in the reader's language
 *     when it is read
 * @param values what the sentence names, such as the course
 * @param path where it leads, on this school's site
 * @param readAt null until it was read
 */
public record Notification(
        UUID id,
        String kind,
        Map<String, String> values,
        String path,
        Instant at,
        @Nullable Instant readAt) {
    /** What somebody does: asks, answers, names the reader, reports, writes. */
    private static final java.util.Set<String> OF_PEOPLE =
            java.util.Set.of("asked", "answered", "mentioned", "reported", "letter");

    /** The sentence. */
    public String words() {
        var course = values.getOrDefault("course", "");
        if (OF_PEOPLE.contains(kind)) {
            var about = values.getOrDefault("lesson", course);
            return say("talk.notice." + kind, values.getOrDefault("who", ""), about);
        }
        return switch (kind) {
            case "enrolled" -> say("mail.notice.enrolled", course);
            case "order-paid" -> say("mail.notice.paid", course);
            case "renewal-failed" -> say("mail.notice.renewalFailed", course);
            case "order-failed" -> say("mail.notice.payFailed", course);
            case "order-returning" -> say("mail.notice.returning", course);
            case "order-refunded" -> say("mail.notice.refunded", course);
            case "place-free" -> say("mail.notice.placeFree", course);
            case "announced" ->
                    course.isEmpty()
                            ? say("mail.notice.announcedToAll", values.getOrDefault("title", ""))
                            : say(
                                    "mail.notice.announced",
                                    course,
                                    values.getOrDefault("title", ""));
            case "endpoint-off" -> say("mail.notice.endpointOff", values.getOrDefault("url", ""));
            case "opened" ->
                    say(
                            "mail.notice.opened",
                            values.getOrDefault("lesson", ""),
                            course,
                            Integer.parseInt(values.getOrDefault("more", "0")));
            default ->
                    values.getOrDefault("lessons", "0").equals("0")
                            ? say("mail.notice.released", course)
                            : say("mail.notice.releasedWith", course);
        };
    }
}
