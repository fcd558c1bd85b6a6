/** How a school stands on its invoices, whether tax is reckoned, and the invoices themselves. */
@org.jspecify.annotations.NullMarked
package org.stoa.commerce.billing;
