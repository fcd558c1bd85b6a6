/** What a picture's bytes say it is, and the sizes that pages need of it. No database, no web. */
@org.jspecify.annotations.NullMarked
package org.stoa.media.pictures;
