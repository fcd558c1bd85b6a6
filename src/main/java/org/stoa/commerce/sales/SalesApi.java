package org.stoa.commerce.sales;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.commerce.Refunds;
import org.stoa.tenancy.Caller;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What a school sold, for its administrators, as JSON. */
@RestController
@Validated
@Tag(name = "Selling")
class SalesApi {
    private final SalesBook orders;
    private final Refunds refunds;
    private final Mismatches mismatches;

    SalesApi(SalesBook orders, Refunds refunds, Mismatches mismatches) {
        this.orders = orders;
        this.refunds = refunds;
        this.mismatches = mismatches;
    }

    /**
     * @param amount in minor units; null for all that is left
     */
    @Schema(name = "AskRefund")
    record RefundBody(@Nullable Long amount, @Nullable String reason) {}

    /**
     * @param amount how much goes back, in minor units
     */
    @Schema(name = "RefundAsked")
    record AskedBody(long amount, String currency) {}

    @GetMapping("/api/v1/orders")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "listOrders",
            summary = "List the school's orders, the newest first",
            description =
                    "`q` is a code, or a part of the buyer's name or address, or of what was"
                            + " bought. Sums are in minor units.")
    SalesBodies.OrderList list(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var some = orders.list(new OrderSearch(status, q), cursor, limit);
        return new SalesBodies.OrderList(
                some.items().stream().map(SalesBodies.OrderBody::of).toList(), some.nextCursor());
    }

    @GetMapping("/api/v1/orders/{order}")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "getOrder",
            summary = "Show an order with its payments, refunds, access and history")
    SalesBodies.OrderDetail one(@PathVariable UUID order) {
        return SalesBodies.OrderDetail.of(orders.one(order));
    }

    @PostMapping("/api/v1/orders/{order}/refunds")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "refundOrder",
            summary = "Give money back, in part or all that is left",
            description =
                    "The access that the order gave ends when all of its money is gone. The"
                            + " payment service is asked in the background.")
    @ApiResponse(responseCode = "202", description = "It is on its way")
    ResponseEntity<AskedBody> refund(@PathVariable UUID order, @RequestBody RefundBody body) {
        var reason = body.reason() == null ? "" : body.reason();
        var asked = refunds.ask(order, body.amount(), reason, Caller.current().personId());
        return ResponseEntity.accepted().body(new AskedBody(asked.amount(), asked.currency()));
    }

    @GetMapping("/api/v1/mismatches")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "listMismatches",
            summary = "List where money and access do not agree",
            description = "The oldest first, at most 100; normally there are none.")
    SalesBodies.MismatchList mismatches() {
        return new SalesBodies.MismatchList(
                mismatches.all().stream().map(SalesBodies.MismatchBody::of).toList());
    }

    @PostMapping("/api/v1/mismatches/{mismatch}/mend")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "mendMismatch",
            summary = "Give the access, end it, or have the refund tried again")
    @ApiResponse(responseCode = "204", description = "Mended, or on its way to be")
    ResponseEntity<Void> mend(@PathVariable String mismatch) {
        mismatches.mend(mismatch);
        return ResponseEntity.noContent().build();
    }
}
