/** Writes that may be sent again: one effect, the same answer. */
@org.jspecify.annotations.NullMarked
package org.stoa.web.repeat;
