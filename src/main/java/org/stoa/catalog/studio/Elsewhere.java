package org.stoa.catalog.studio;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Another course in which a lesson's text stands, not in its bin.
 *
 * @param course its name in its address; null where the reader does not teach it
 * @param lesson the lesson there; null likewise
 */
public record Elsewhere(String title, @Nullable String course, @Nullable UUID lesson) {}
