/** Who learns what and how far they are, handed to and taken from a school's archive. */
@org.springframework.modulith.NamedInterface("records")
@org.jspecify.annotations.NullMarked
package org.stoa.enrollment.records;
