package org.stoa.commerce.others;

/**
 * What a mail says that brings a link.
 *
 * @param path of the link, below the school's address
 * @param title of what was bought
 * @param by the name of whoever bought it
 * @param words theirs; may be empty
 */
public record Offered(String path, String title, String by, String words) {}
