/** Schools that are paid through Stripe: checkouts, events, and what no event brought. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.stripe;
