/** Stripe on this machine, for tests. Source: Stripe's API reference, docs.stripe.com/api. */
@org.jspecify.annotations.NullMarked
package org.stoa.stripe;
