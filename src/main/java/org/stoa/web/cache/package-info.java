/** Finished public pages, kept as compressed bytes. */
@org.springframework.modulith.NamedInterface("cache")
@org.jspecify.annotations.NullMarked
package org.stoa.web.cache;
