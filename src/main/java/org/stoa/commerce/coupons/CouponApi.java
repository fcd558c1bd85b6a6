package org.stoa.commerce.coupons;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** A school's coupons, as JSON. */
@RestController
@Validated
@Tag(name = "Selling")
class CouponApi {
    private final Coupons coupons;

    CouponApi(Coupons coupons) {
        this.coupons = coupons;
    }

    /**
     * @param amount in minor units of the currency
     */
    @Schema(name = "Coupon")
    record CouponBody(
            UUID id,
            String code,
            @Nullable Integer percent,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable UUID offer,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable Integer mostUses,
            boolean oncePerson,
            boolean active,
            long uses,
            Instant createdAt) {
        static CouponBody of(Coupon it) {
            var amount = it.amount();
            return new CouponBody(
                    it.id(),
                    it.code(),
                    it.percent(),
                    amount == null ? null : Long.valueOf(amount.amount()),
                    amount == null ? null : amount.currency(),
                    it.offer(),
                    it.startsAt(),
                    it.endsAt(),
                    it.mostUses(),
                    it.oncePerson(),
                    it.active(),
                    it.uses(),
                    it.createdAt());
        }
    }

    @Schema(name = "CouponList")
    record CouponList(List<CouponBody> items, @Nullable String nextCursor) {}

    @Schema(name = "WriteCoupon")
    record WriteBody(
            @Nullable String code,
            @Nullable Integer percent,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable UUID offer,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable Integer mostUses,
            @Nullable Boolean oncePerson) {
        CouponDraft draft() {
            return new CouponDraft(
                    code, percent, amount, currency, offer, startsAt, endsAt, mostUses, oncePerson);
        }
    }

    @GetMapping("/api/v1/coupons")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "listCoupons",
            summary = "List the school's coupons, the newest first",
            description = "`uses` are orders with it that are paid, or may be soon.")
    CouponList list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        var some = coupons.list(cursor, limit);
        return new CouponList(
                some.items().stream().map(CouponBody::of).toList(), some.nextCursor());
    }

    @GetMapping("/api/v1/coupons/{coupon}")
    @Allowed(Who.ADMIN)
    @Operation(operationId = "getCoupon", summary = "Show a coupon and how often it was used")
    CouponBody one(@PathVariable UUID coupon) {
        return CouponBody.of(coupons.one(coupon));
    }

    @PostMapping("/api/v1/coupons")
    @Allowed(Who.ADMIN)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "createCoupon",
            summary = "Take something off for whoever knows a code",
            description =
                    "Either `percent`, or `amount` in minor units and its `currency`; for one"
                            + " `offer` or, without that, for all. A person uses it once unless"
                            + " `oncePerson` is false.")
    @ApiResponse(responseCode = "201", description = "It holds from now on, or from `startsAt`")
    CouponBody create(@RequestBody WriteBody body) {
        return CouponBody.of(coupons.create(body.draft()));
    }

    @DeleteMapping("/api/v1/coupons/{coupon}")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "withdrawCoupon",
            summary = "Withdraw a coupon",
            description = "Orders with it stay as they are. Repeating it changes nothing.")
    @ApiResponse(responseCode = "204", description = "Nobody uses it from now on")
    ResponseEntity<Void> withdraw(@PathVariable UUID coupon) {
        coupons.withdraw(coupon);
        return ResponseEntity.noContent().build();
    }
}
