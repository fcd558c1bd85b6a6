/** Schools that end: closed at once, open for their export, erased after a while. */
@org.jspecify.annotations.NullMarked
package org.stoa.identity.closing;
