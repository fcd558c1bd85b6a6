/** The program as people meet it: in a real browser. */
@org.jspecify.annotations.NullMarked
package org.stoa.browser;
