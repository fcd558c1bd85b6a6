/** The people of a school: its list of members, invitations and imports. */
@org.springframework.modulith.NamedInterface("members")
@org.jspecify.annotations.NullMarked
package org.stoa.identity.members;
