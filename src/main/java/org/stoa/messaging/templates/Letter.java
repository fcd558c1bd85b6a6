package org.stoa.messaging.templates;

/** A mail's words, finished. */
public record Letter(String subject, String text, String html) {}
