/** Files of a draft: taken in, named, listed, taken away; and the course's cover among them. */
@org.jspecify.annotations.NullMarked
package org.stoa.catalog.files;
