/** What courses cost, as their pages show it; who is paid how is not this module's. */
@org.springframework.modulith.NamedInterface("prices")
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.prices;
