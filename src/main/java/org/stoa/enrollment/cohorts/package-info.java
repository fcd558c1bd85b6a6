/** Groups that go through a course together, by a calendar of their own. */
@org.jspecify.annotations.NullMarked
package org.stoa.enrollment.cohorts;
