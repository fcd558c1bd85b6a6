/** A school and its people, handed to and taken from the archive of the whole school. */
@org.springframework.modulith.NamedInterface("records")
@org.jspecify.annotations.NullMarked
package org.stoa.identity.records;
