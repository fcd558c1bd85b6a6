package org.stoa.commerce.sales;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a school sold, as JSON; sums are in minor units. */
final class SalesBodies {
    private SalesBodies() {}

    @Schema(name = "OrderBuyer")
    record BuyerBody(UUID id, String name, String email) {}

    @Schema(name = "Order")
    record OrderBody(
            UUID id,
            String code,
            String status,
            String title,
            long amount,
            String currency,
            long paid,
            long returned,
            long tax,
            long discount,
            @Nullable String coupon,
            String kind,
            String buys,
            int quantity,
            String provider,
            BuyerBody buyer,
            Instant createdAt,
            @Nullable Instant paidAt) {
        static OrderBody of(OrderLine line) {
            var less = line.reduction();
            return new OrderBody(
                    line.id(),
                    line.code(),
                    line.status().word(),
                    line.title(),
                    line.price().amount(),
                    line.price().currency(),
                    line.paid(),
                    line.returned(),
                    line.tax(),
                    less == null ? 0 : less.amount(),
                    less == null ? null : less.code(),
                    line.kind().word(),
                    line.buys().word(),
                    line.quantity(),
                    line.provider(),
                    new BuyerBody(line.person(), line.buyer(), line.email()),
                    line.createdAt(),
                    line.paidAt());
        }
    }

    @Schema(name = "OrderList")
    record OrderList(List<OrderBody> items, @Nullable String nextCursor) {}

    @Schema(name = "OrderPayment")
    record PaymentBody(
            UUID id,
            String reference,
            long amount,
            String currency,
            Instant paidAt,
            long refunded,
            @Nullable String dispute) {}

    @Schema(name = "OrderRefund")
    record RefundBody(
            UUID id,
            long amount,
            String currency,
            String reason,
            String status,
            Instant askedAt,
            @Nullable Instant doneAt,
            @Nullable String askedBy) {}

    @Schema(name = "OrderEvent")
    record EventBody(Instant at, String what, String status, @Nullable String by, String detail) {}

    @Schema(name = "OrderAccess")
    record AccessBody(String course, Instant from, @Nullable Instant until) {}

    /**
     * @param left minor units that can still be given back
     */
    @Schema(name = "OrderDetail")
    record OrderDetail(
            OrderBody order,
            long left,
            List<PaymentBody> payments,
            List<RefundBody> refunds,
            List<AccessBody> access,
            List<EventBody> history) {
        static OrderDetail of(OrderWhole whole) {
            return new OrderDetail(
                    OrderBody.of(whole.line()),
                    whole.left(),
                    whole.payments().stream().map(SalesBodies::body).toList(),
                    whole.refunds().stream().map(SalesBodies::body).toList(),
                    whole.access().stream()
                            .map(it -> new AccessBody(it.slug(), it.from(), it.until()))
                            .toList(),
                    whole.history().stream().map(SalesBodies::body).toList());
        }
    }

    @Schema(name = "Mismatch")
    record MismatchBody(
            String id,
            String kind,
            @Nullable UUID order,
            @Nullable String code,
            String title,
            String person,
            @Nullable Long amount,
            @Nullable String currency,
            String detail,
            Instant since) {
        static MismatchBody of(Mismatch one) {
            return new MismatchBody(
                    one.id(),
                    one.kind(),
                    one.order(),
                    one.code(),
                    one.title(),
                    one.person(),
                    one.amount(),
                    one.currency(),
                    one.detail(),
                    one.since());
        }
    }

    @Schema(name = "MismatchList")
    record MismatchList(List<MismatchBody> items) {}

    private static PaymentBody body(OrderWhole.Payment it) {
        return new PaymentBody(
                it.id(),
                it.reference(),
                it.amount(),
                it.currency(),
                it.at(),
                it.refunded(),
                it.dispute());
    }

    private static RefundBody body(OrderWhole.Refund it) {
        return new RefundBody(
                it.id(),
                it.amount(),
                it.currency(),
                it.reason(),
                it.status(),
                it.askedAt(),
                it.doneAt(),
                it.by());
    }

    private static EventBody body(OrderWhole.Event it) {
        return new EventBody(it.at(), it.what(), it.status(), it.by(), it.detail());
    }
}
