package org.stoa.messaging.templates;

/**
 * The words of a kind of mail: Markdown with placeholders such as {@code {{name}}}, and nothing
 * else that a program would do.
 *
 * @param subject one line
 */
public record MailTemplate(String subject, String body) {
    /** From a file whose first line is the subject. */
    static MailTemplate of(String text) {
        int end = text.indexOf('\n');
        return new MailTemplate(text.substring(0, end).strip(), text.substring(end).strip());
    }
}
