/** Two schools, the people of both, and strangers. */
@org.jspecify.annotations.NullMarked
package org.stoa.identity;
