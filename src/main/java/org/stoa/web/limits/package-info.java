/** How often one may call. */
@org.springframework.modulith.NamedInterface("limits")
@org.jspecify.annotations.NullMarked
package org.stoa.web.limits;
