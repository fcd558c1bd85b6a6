/** Who is calling a route, and whether they may. */
@org.springframework.modulith.NamedInterface("access")
@org.jspecify.annotations.NullMarked
package org.stoa.web.access;
