/** What keeps the text of a lesson one where it stands in several courses. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.together;
