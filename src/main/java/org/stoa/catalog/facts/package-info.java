/** What a course says of itself: title, summary, for whom, level, language, category and tags. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.facts;
