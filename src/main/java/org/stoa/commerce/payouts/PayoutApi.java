package org.stoa.commerce.payouts;

import static org.stoa.shared.Words.say;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.stoa.shared.Problem;
import org.stoa.web.access.Allowed;
import org.stoa.web.access.Who;

/** What is paid out to a school's bank, as JSON; sums are in minor units. */
@RestController
@Validated
@Tag(name = "Selling")
class PayoutApi {
    private final Payouts payouts;

    PayoutApi(Payouts payouts) {
        this.payouts = payouts;
    }

    /**
     * @param kind {@code charges}, {@code refunds}, {@code disputes}, {@code fees} or {@code
     *     others}
     * @param amount negative where it went out
     */
    @Schema(name = "PayoutPart")
    record PartBody(String kind, long amount) {}

    /**
     * @param amount negative where the bank account was charged
     * @param status {@code pending}, {@code in-transit}, {@code paid}, {@code failed} or {@code
     *     canceled}
     * @param arrivesOn when it is, or was, in the bank account
     * @param trouble what the bank said; empty where nothing is wrong
     * @param parts what it is made of; null where the payment service does not say
     */
    @Schema(name = "Payout")
    record PayoutBody(
            String id,
            long amount,
            String currency,
            String status,
            Instant createdAt,
            LocalDate arrivesOn,
            String trouble,
            @Nullable List<PartBody> parts) {
        static PayoutBody of(Payout one) {
            var parts = one.parts();
            return new PayoutBody(
                    one.id(),
                    one.sum().amount(),
                    one.sum().currency(),
                    one.status().word(),
                    one.createdAt(),
                    one.arrivesOn(),
                    one.trouble(),
                    parts == null
                            ? null
                            : parts.stream()
                                    .map(it -> new PartBody(it.kind().word(), it.sum().amount()))
                                    .toList());
        }
    }

    /**
     * @param available what can be paid out
     * @param pending what can be later
     */
    @Schema(name = "PayoutBalance")
    record BalanceBody(String currency, long available, long pending) {
        static BalanceBody of(Statement.Balance one) {
            return new BalanceBody(
                    one.available().currency(), one.available().amount(), one.pending().amount());
        }
    }

    /**
     * @param balance what is not paid out yet, by currency; null where the payment service does not
     *     say
     */
    @Schema(name = "PayoutList")
    record PayoutList(
            List<PayoutBody> items,
            @Nullable String nextCursor,
            @Nullable List<BalanceBody> balance) {}

    @GetMapping("/api/v1/payouts")
    @Allowed(Who.ADMIN)
    @Operation(
            operationId = "listPayouts",
            summary = "List what is paid out to the school's bank, the newest first",
            description =
                    "Read from the payment service, and at most a minute old. Sums are in minor"
                            + " units. The test checkout pays nothing out. 409 where the payment"
                            + " service does not answer, or the school's key may not ask.")
    PayoutList list(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "12")
                    @Min(value = 1, message = "{problem.atLeast}")
                    @Max(value = 100, message = "{problem.atMost100}")
                    int limit) {
        return switch (payouts.list(cursor, limit)) {
            case Statement.Told(var some, var more, var balance) ->
                    new PayoutList(
                            some.stream().map(PayoutBody::of).toList(),
                            more ? some.getLast().id() : null,
                            balance == null
                                    ? null
                                    : balance.stream().map(BalanceBody::of).toList());
            case Statement.Untold(var why) -> {
                if (why == Statement.Why.TEST) {
                    yield new PayoutList(List.of(), null, List.of());
                }
                throw new Problem.Conflict(say("sales.payouts.untold", why.word()));
            }
        };
    }
}
