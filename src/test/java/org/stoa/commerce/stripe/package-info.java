/** Tests of schools that are paid through Stripe. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.stripe;
