/** What a school sells beside single courses, and how somebody buys it. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.offers;
