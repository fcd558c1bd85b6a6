/** Where teachers shape a draft: its outline, its lessons' texts, and what these said before. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.studio;
