/** Who learns a course, for those who teach it. */
@org.jspecify.annotations.NullMarked
package org.stoa.enrollment.learners;
