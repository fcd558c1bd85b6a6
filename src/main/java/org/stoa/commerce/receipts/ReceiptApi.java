package org.stoa.commerce.receipts;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** A buyer's own orders, as JSON. */
@RestController
@Validated
@Tag(name = "Selling")
class ReceiptApi {
    private final Receipts receipts;

    ReceiptApi(Receipts receipts) {
        this.receipts = receipts;
    }

    @Schema(name = "MyOrder")
    record MyOrderBody(
            UUID id,
            String code,
            String status,
            @Nullable String course,
            String title,
            long amount,
            String currency,
            long paid,
            long returned,
            long tax,
            long discount,
            Instant createdAt,
            @Nullable Instant paidAt) {
        static MyOrderBody of(Receipt it) {
            var less = it.reduction();
            return new MyOrderBody(
                    it.id(),
                    it.code(),
                    it.status().word(),
                    it.course(),
                    it.title(),
                    it.price().amount(),
                    it.price().currency(),
                    it.paid(),
                    it.returned(),
                    it.tax(),
                    less == null ? 0 : less.amount(),
                    it.createdAt(),
                    it.paidAt());
        }
    }

    @Schema(name = "MyOrderList")
    record MyOrderList(List<MyOrderBody> items, @Nullable String nextCursor) {}

    @GetMapping("/api/v1/me/orders")
    @Allowed(Who.MEMBER)
    @Operation(
            operationId = "listMyOrders",
            summary = "List what you bought, the newest first",
            description = "Sums are in minor units.")
    MyOrderList list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var some = receipts.mine(cursor, limit);
        return new MyOrderList(
                some.items().stream().map(MyOrderBody::of).toList(), some.nextCursor());
    }
}
