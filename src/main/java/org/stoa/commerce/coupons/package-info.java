/** What is taken off a price, for whoever knows a code. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.coupons;
