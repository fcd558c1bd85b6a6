package org.stoa.commerce.billing;

import static org.stoa.shared.Words.say;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.stoa.shared.Problem;
import org.stoa.shared.Problem.FieldError;

/**
 * A school's details as somebody wants them; what is null is empty.
 *
 * @param automaticTax null for no
 * @param taxIncluded null for yes
 */
record BillingDraft(
        @Nullable String name,
        @Nullable String address,
        @Nullable String taxId,
        @Nullable String notes,
        @Nullable Boolean automaticTax,
        @Nullable Boolean taxIncluded) {
    /**
     * @param test no money moves at this school
     * @throws Problem.Invalid naming what is wrong
     */
    BillingDetails read(boolean test) {
        var errors = new ArrayList<FieldError>();
        boolean taxed = automaticTax != null && automaticTax;
        var read =
                new BillingDetails(
                        Lines.one("name", name, Lines.NAME, errors),
                        Lines.some("address", address, Lines.ADDRESS, errors),
                        Lines.one("taxId", taxId, Lines.TAX_ID, errors),
                        Lines.some("notes", notes, Lines.NOTES, errors),
                        taxed,
                        taxIncluded == null || taxIncluded,
                        null);
        if (taxed && read.name().isEmpty()) {
            errors.add(new FieldError("name", say("billing.needsName")));
        }
        if (taxed && read.address().isEmpty()) {
            errors.add(new FieldError("address", say("billing.needsAddress")));
        }
        if (taxed && test) {
            errors.add(new FieldError("automaticTax", say("billing.testCheckout")));
        }
        if (!errors.isEmpty()) {
            throw new Problem.Invalid(List.copyOf(errors));
        }
        return read;
    }
}
