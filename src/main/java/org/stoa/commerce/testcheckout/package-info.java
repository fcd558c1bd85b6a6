/** A checkout in which no money moves: for trying Stoa, and refused in production. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.testcheckout;
