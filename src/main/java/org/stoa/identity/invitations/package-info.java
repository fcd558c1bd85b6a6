/** Links that make whoever follows them a member of the school. */
@org.springframework.modulith.NamedInterface("invitations")
@org.jspecify.annotations.NullMarked
package org.stoa.identity.invitations;
