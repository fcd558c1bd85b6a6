package org.stoa.catalog;

import java.util.List;

/**
 * What a release says of its course, as it is kept in {@code course_releases.document}. Fields are
 * only ever added: old documents stay readable.
 *
 * @param language BCP 47 tag
 * @param outcomes what a learner will be able to do, a phrase each
 */
public record ReleaseDocument(
        String title,
        String summary,
        String category,
        List<String> tags,
        String level,
        String language,
        List<String> outcomes,
        List<ReleaseModule> modules) {}
