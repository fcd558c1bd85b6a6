package org.stoa.catalog.records;

/**
 * What of a course does not stand in its folder.
 *
 * @param slug its name in its address
 * @param author the e-mail address of who began it; empty for the school itself
 * @param note of the release that learners read; empty where there is none
 */
public record CourseRecord(
        String slug, String title, String author, Publication published, String note) {}
