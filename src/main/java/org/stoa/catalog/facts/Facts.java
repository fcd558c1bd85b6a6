package org.stoa.catalog.facts;

import java.util.List;

/**
 * What a draft says of its course.
 *
 * @param outcomes what one will be able to do, a phrase each
 * @param audience for whom it is; may be empty
 * @param level in the school's own words; may be empty
 * @param language BCP 47 tag
 * @param category one of the school's; may be empty
 */
public record Facts(
        String title,
        String summary,
        List<String> outcomes,
        String audience,
        String level,
        String language,
        String category,
        List<String> tags) {}
