package org.stoa.commerce.sales;

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

/** What is paid to a school again and again, as JSON. */
@RestController
@Validated
@Tag(name = "Selling")
class SubscriptionApi {
    private final SubscriptionBook subscriptions;

    SubscriptionApi(SubscriptionBook subscriptions) {
        this.subscriptions = subscriptions;
    }

    /**
     * @param amount of each payment, in minor units
     * @param paidUntil what came in pays for the time until then
     * @param cancelsAt it is not renewed any more then
     * @param partsLeft payments still to come, where it is paid in parts
     * @param failedAt since when a renewal is not paid
     */
    @Schema(name = "Subscription")
    record SubscriptionBody(
            UUID order,
            String code,
            String title,
            SalesBodies.BuyerBody buyer,
            String provider,
            String status,
            long amount,
            String currency,
            Instant paidUntil,
            @Nullable Instant cancelsAt,
            @Nullable Integer partsLeft,
            @Nullable Instant failedAt) {
        static SubscriptionBody of(SubscriptionLine line) {
            var one = line.subscription();
            return new SubscriptionBody(
                    line.order(),
                    line.code(),
                    line.title(),
                    new SalesBodies.BuyerBody(line.person(), line.buyer(), line.email()),
                    one.provider(),
                    one.status().word(),
                    line.price().amount(),
                    line.price().currency(),
                    one.paidUntil(),
                    one.cancelsAt(),
                    one.partsLeft(),
                    one.failedAt());
        }
    }

    @Schema(name = "SubscriptionList")
    record SubscriptionList(List<SubscriptionBody> items, @Nullable String nextCursor) {}

    @GetMapping("/api/v1/subscriptions")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "listSubscriptions",
            summary = "List what is paid again and again, the newest first",
            description =
                    "`status` is `trialing`, `active`, `past-due` or `ended`; left out, all are"
                            + " listed. Sums are in minor units.")
    SubscriptionList list(
            @RequestParam(defaultValue = "") String status,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var some = subscriptions.list(status, cursor, limit);
        return new SubscriptionList(
                some.items().stream().map(SubscriptionBody::of).toList(), some.nextCursor());
    }
}
