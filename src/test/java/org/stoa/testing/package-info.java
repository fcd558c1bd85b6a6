/** What every test stands on. */
@org.jspecify.annotations.NullMarked
package org.stoa.testing;
