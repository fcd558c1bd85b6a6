/** Courses as folders and zips: read into one shape, with a report, and written back. */
@org.springframework.modulith.NamedInterface("source")
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.source;
