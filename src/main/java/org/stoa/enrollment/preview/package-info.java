/** A course as somebody else would see it: another person, another day, the draft or a release. */
@org.jspecify.annotations.NullMarked
package org.stoa.enrollment.preview;
