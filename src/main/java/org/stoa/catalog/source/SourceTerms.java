package org.stoa.catalog.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a course takes learners in, as course.yaml says it.
 *
 * @param opens as {@link SourceRules#opens}; the same for {@code closes}
 * @param places null for any number
 * @param after ids of courses to be finished before
 */
public record SourceTerms(
        String opens, String closes, @Nullable Integer places, List<String> after) {}
