/** From draft to release: what has changed, publishing now or at a set time, and back again. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.publishing;
