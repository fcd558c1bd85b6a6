package org.stoa.messaging.templates;

/**
 * What stands around the words of a mail.
 *
 * @param site the address of the school's site
 * @param accent {@code #rrggbb}
 * @param preferences where one says which mail one wants; empty for mail that nobody does without
 */
public record Frame(
        String school,
        String site,
        String accent,
        String language,
        String direction,
        String preferences) {}
