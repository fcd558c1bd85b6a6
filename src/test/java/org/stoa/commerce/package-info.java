/** Whoever paid is in, whoever is in has paid. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce;
