package org.stoa.catalog.studio;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something to look at before a draft is published.
 *
 * @param lesson null where the whole course is meant
 * @param title of the lesson, or of the course
 * @param line in the lesson's Markdown, from 1; 0 for all of it
 * @param message a sentence
 */
public record Check(@Nullable UUID lesson, String title, int line, String message) {}
