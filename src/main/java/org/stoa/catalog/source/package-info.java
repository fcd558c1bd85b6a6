/** Courses as folders and zips: read into one shape, with a report, and written back. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.source;
