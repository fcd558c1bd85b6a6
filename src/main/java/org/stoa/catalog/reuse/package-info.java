/** Courses begun from a template or from another course, and lessons that several courses share. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.reuse;
