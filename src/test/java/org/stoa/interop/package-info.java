/** Whole schools going out and coming in. */
@org.jspecify.annotations.NullMarked
package org.stoa.interop;
