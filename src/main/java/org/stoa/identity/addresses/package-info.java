/** Whose an e-mail address is: proving it, changing it, and coming back in by it. */
@org.springframework.modulith.NamedInterface("addresses")
@org.jspecify.annotations.NullMarked
package org.stoa.identity.addresses;
