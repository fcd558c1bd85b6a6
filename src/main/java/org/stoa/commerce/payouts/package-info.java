/** What a provider of payments pays out to a school's bank. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.payouts;
