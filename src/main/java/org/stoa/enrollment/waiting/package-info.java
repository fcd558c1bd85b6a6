/** Who waits for a place in a course that is full, and whose turn it is. */
@org.springframework.modulith.NamedInterface("waiting")
@org.jspecify.annotations.NullMarked
package org.stoa.enrollment.waiting;
