/** Who teaches a course, and what each of them may do in it. */
@org.springframework.modulith.NamedInterface("people")
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.people;
