package org.stoa.catalog.records;

import org.stoa.catalog.people.CourseRole;

/**
 * Who teaches a course.
 *
 * @param course its name in its address
 */
public record TeacherRecord(String course, String email, CourseRole role) {}
