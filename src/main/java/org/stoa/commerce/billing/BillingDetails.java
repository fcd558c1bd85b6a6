package org.stoa.commerce.billing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a school stands on its invoices, and whether its provider reckons the tax.
 *
 * @param name the legal one; {@code address} in lines; {@code taxId} as it is written
 * @param notes lines for the foot of an invoice
 * @param taxIncluded prices hold the tax already; otherwise it comes on top
 * @param trouble null while the provider reckons as it should
 */
public record BillingDetails(
        String name,
        String address,
        String taxId,
        String notes,
        boolean automaticTax,
        boolean taxIncluded,
        @Nullable Trouble trouble) {
    static final BillingDetails NONE = new BillingDetails("", "", "", "", false, true, null);

    /**
     * Why the provider last refused to reckon tax, so that nobody could buy.
     *
     * @param words the provider's own
     */
    public record Trouble(String words, Instant since) {}

    /** There is enough for an invoice. */
    public boolean complete() {
        return !name.isEmpty() && !address.isEmpty();
    }

    Tax tax() {
        return !automaticTax ? Tax.NONE : taxIncluded ? Tax.INCLUDED : Tax.ON_TOP;
    }
}
