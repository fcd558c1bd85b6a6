package org.stoa.commerce.billing;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.commerce.billing.Invoices.To;
import org.stoa.commerce.billing.Invoices.Whose;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** The invoices of a buyer's own orders, as JSON. */
@RestController
@Tag(name = "Selling")
class InvoiceApi {
    private static final String SUMS = "Sums are in minor units.";
    private static final String ISSUED =
            "`name`, `address` and `taxId` are whom it is for. What is issued does not change any"
                    + " more; asked again, the answer is the same.";

    private final Invoices invoices;

    InvoiceApi(Invoices invoices) {
        this.invoices = invoices;
    }

    /**
     * @param name whom it is for
     */
    @Schema(name = "AskInvoice")
    record AskBody(@Nullable String name, @Nullable String address, @Nullable String taxId) {
        To to() {
            return new To(name, address, taxId);
        }
    }

    @Schema(name = "InvoiceParty")
    record PartyBody(String name, String address, String taxId) {
        static PartyBody of(Invoice.Party it) {
            return new PartyBody(it.name(), it.address(), it.taxId());
        }
    }

    /**
     * @param test no money moved
     * @param net in minor units, as all sums are; {@code gross} is what was paid
     * @param taxTerms {@code none}, {@code included} in the price, or {@code on-top} of it
     * @param returned what went back since
     */
    @Schema(name = "Invoice")
    record InvoiceBody(
            String number,
            boolean test,
            Instant issuedAt,
            Instant paidAt,
            PartyBody from,
            PartyBody to,
            String notes,
            String title,
            int quantity,
            long discount,
            long net,
            long tax,
            String taxTerms,
            long gross,
            String currency,
            long returned) {
        static InvoiceBody of(Invoice it) {
            return new InvoiceBody(
                    it.said(),
                    it.test(),
                    it.issuedAt(),
                    it.paidAt(),
                    PartyBody.of(it.from()),
                    PartyBody.of(it.to()),
                    it.notes(),
                    it.title(),
                    it.quantity(),
                    it.discount(),
                    it.net().amount(),
                    it.tax(),
                    it.terms().word(),
                    it.amount().amount(),
                    it.amount().currency(),
                    it.returned());
        }
    }

    /**
     * @param open how many payments of the order have none yet
     */
    @Schema(name = "InvoiceList")
    record InvoiceList(List<InvoiceBody> items, int open) {
        static InvoiceList of(Invoices.OfOrder it) {
            return new InvoiceList(it.issued().stream().map(InvoiceBody::of).toList(), it.open());
        }
    }

    @GetMapping("/api/v1/me/orders/{order}/invoice")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "listMyInvoices",
            summary = "List the invoices of an order of yours, one for each payment",
            description = SUMS)
    InvoiceList list(@PathVariable UUID order) {
        return InvoiceList.of(invoices.of(order, Whose.MINE));
    }

    @PostMapping("/api/v1/me/orders/{order}/invoice")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "issueMyInvoices",
            summary = "Have an invoice issued for each payment that has none yet",
            description = ISSUED)
    InvoiceList issue(@PathVariable UUID order, @RequestBody AskBody body) {
        return InvoiceList.of(invoices.issue(order, body.to(), Whose.MINE));
    }

    @GetMapping("/api/v1/orders/{order}/invoice")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "listInvoices",
            summary = "List the invoices of an order, one for each payment",
            description = SUMS)
    InvoiceList ofSchool(@PathVariable UUID order) {
        return InvoiceList.of(invoices.of(order, Whose.ANY));
    }

    @PostMapping("/api/v1/orders/{order}/invoice")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "issueInvoices",
            summary = "Issue an invoice for each payment of an order that has none yet",
            description = ISSUED)
    InvoiceList issueOfSchool(@PathVariable UUID order, @RequestBody AskBody body) {
        return InvoiceList.of(invoices.issue(order, body.to(), Whose.ANY));
    }
}
