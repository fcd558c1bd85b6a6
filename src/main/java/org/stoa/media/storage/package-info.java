/** Where bytes are kept. */
@org.jspecify.annotations.NullMarked
package org.stoa.media.storage;
