/** Every page with sample views, to be looked at. */
@org.jspecify.annotations.NullMarked
package org.stoa.look;
