package org.stoa.commerce.billing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** How the school stands on its invoices, as JSON. */
@RestController
@Tag(name = "Selling")
class BillingApi {
    private final Billing billing;

    BillingApi(Billing billing) {
        this.billing = billing;
    }

    @Schema(name = "WriteBillingDetails")
    record WriteBody(
            @Nullable String name,
            @Nullable String address,
            @Nullable String taxId,
            @Nullable String notes,
            @Nullable Boolean automaticTax,
            @Nullable Boolean taxIncluded) {}

    /**
     * @param taxTrouble why Stripe last refused to reckon tax, in its own words; null since it did
     */
    @Schema(name = "BillingDetails")
    record DetailsBody(
            String name,
            String address,
            String taxId,
            String notes,
            boolean automaticTax,
            boolean taxIncluded,
            @Nullable String taxTrouble,
            @Nullable Instant taxTroubleSince) {
        static DetailsBody of(BillingDetails it) {
            var trouble = it.trouble();
            return new DetailsBody(
                    it.name(),
                    it.address(),
                    it.taxId(),
                    it.notes(),
                    it.automaticTax(),
                    it.taxIncluded(),
                    trouble == null ? null : trouble.words(),
                    trouble == null ? null : trouble.since());
        }
    }

    @GetMapping("/api/v1/settings/billing")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "getBillingDetails",
            summary = "Read how the school stands on its invoices, and whether Stripe reckons tax")
    DetailsBody get() {
        return DetailsBody.of(billing.current());
    }

    @PutMapping("/api/v1/settings/billing")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "setBillingDetails",
            summary = "Set how the school stands on its invoices, and whether Stripe reckons tax",
            description =
                    "`automaticTax` needs Stripe, a `name` and an `address`. With `taxIncluded`,"
                            + " prices hold the tax already; without it, the tax comes on top."
                            + " Invoices that were issued stay as they are.")
    DetailsBody set(@RequestBody WriteBody body) {
        billing.set(
                new BillingDraft(
                        body.name(),
                        body.address(),
                        body.taxId(),
                        body.notes(),
                        body.automaticTax(),
                        body.taxIncluded()));
        return DetailsBody.of(billing.current());
    }
}
