package org.stoa.catalog.records;

/**
 * A lesson whose text stands in other courses too.
 *
 * @param text the same number for all lessons of one text
 * @param course its name in its address
 * @param lesson its key in its course
 */
public record SharedLessonRecord(int text, String course, String lesson) {}
